// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.grammar;

import dev.mailbox.wire.WireException;

/** Takes what a server tells of messages (RFC 9051 section 7.5.2), in the order it comes. */
public interface FetchHandler {
  /**
   * A body section is about to come.
   *
   * @param uid the message, or 0 if the server has not told yet
   * @param size how many bytes, or -1 if the server does not say
   * @return where they go
   */
  default ByteSink open(long uid, String section, long size) throws WireException {
    return ByteSink.NONE;
  }

  /** All of a response has come; the data is only valid during the call. */
  void fetched(FetchData data) throws WireException;
}

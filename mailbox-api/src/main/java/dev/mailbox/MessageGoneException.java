// SPDX-License-Identifier: Apache-2.0
package dev.mailbox;

import java.io.Serial;

/**
 * The message, or its body, is no longer where it was: it was removed here, or on the server before
 * its body was downloaded.
 */
public final class MessageGoneException extends MailboxException {
  @Serial private static final long serialVersionUID = 1L;

  /** For implementations of the API. */
  public MessageGoneException(String message) {
    super(Reason.MESSAGE_GONE, message, null, java.util.List.of());
  }
}

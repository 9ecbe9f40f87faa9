// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.spi;

import dev.mailbox.search.Query;
import java.util.Collection;
import java.util.List;

/** Searches on the server, so that not everything has to be copied before it can be found. */
public interface RemoteSearch {
  /**
   * The keys of the messages that may match. All that match are among them, as far as the server
   * can tell; whether one of them does, the copy decides once it is there.
   *
   * @param newestFirst whether they must be in order of arrival, the newest first
   * @throws dev.mailbox.RejectedException if the server refuses, such as when the folder is gone
   * @throws dev.mailbox.connect.ConnectionException if the server cannot be asked
   */
  List<String> find(RemoteFolder folder, Query query, boolean newestFirst);

  /**
   * Brings the headers of these messages into the replica, where they are not there yet, and the
   * present flags of all; what the server no longer has is removed.
   */
  void bring(RemoteFolder folder, Collection<String> keys, Replica replica);
}

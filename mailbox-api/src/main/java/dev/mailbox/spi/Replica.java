// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.spi;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The local copy, as a protocol sees it while it brings it in step. Safe for several threads. */
public interface Replica {
  /** The folders that live on the server, as far as the copy knows. */
  List<RemoteFolder> folders();

  /**
   * Brings the list of folders in step with the server's, in one transaction. Those that are new
   * are made; those that the server no longer has are removed with their messages. What only the
   * copy holds stays, in a folder that then lives here; and what is queued to be done on the server
   * counts as done.
   *
   * @param listed the folders of the server that can hold messages
   */
  void arrange(Collection<ListedFolder> listed);

  /** The folder with its anchor; it is made if there is none. */
  RemoteFolder folder(FolderPath path);

  /** Gives each remembered entry of a folder, in the order of their keys. */
  void entries(FolderPath folder, Consumer<RemoteEntry> consumer);

  /** Tells what the entries of a folder come to; much quicker than to be given each. */
  EntrySummary summary(FolderPath folder);

  /** Gives the flags that the server last told, by key, in the order of the keys. */
  void flags(FolderPath folder, BiConsumer<String, Set<Flag>> consumer);

  /**
   * Gives the keys of the entries whose messages are durable here and were handled by every
   * receiver, in their order; none while there is no receiver, and none of other folders than the
   * inbox.
   */
  void handled(FolderPath folder, Consumer<String> consumer);

  /** Starts to change a folder. */
  ReplicaBatch batch(FolderPath folder);
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.spi;

import dev.mailbox.FolderPath;
import java.util.function.Consumer;

/** The local copy, as a protocol sees it while it brings it in step. Safe for several threads. */
public interface Replica {
  /** The folder with its anchor; it is made if there is none. */
  RemoteFolder folder(FolderPath path);

  /** Gives each remembered entry of a folder, in no order. */
  void entries(FolderPath folder, Consumer<RemoteEntry> consumer);

  /** Starts to change a folder. */
  ReplicaBatch batch(FolderPath folder);
}

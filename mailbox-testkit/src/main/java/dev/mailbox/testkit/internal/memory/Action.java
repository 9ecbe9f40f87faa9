// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.testkit.fault.Operation;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Something that a copy shows already, and that its server is to do. All of it is guarded by the
 * server's lock.
 */
abstract class Action {
  /** What the server is asked. */
  abstract Operation operation();

  /** The folders it is about. */
  abstract List<FolderPath> folders();

  /** The messages it is about, as far as nothing that it was built on was refused. */
  abstract List<Placement> messages();

  /** Does it on the server, and notes how the server names now what it is about. */
  abstract void perform(Server server, Copy copy);

  /** Those of which something is done by it; of copies, the originals. */
  Placement subject(Placement message) {
    return message;
  }

  /** Shows again what the server has of a message. It is in the queue no more. */
  abstract void undo(Copy copy, Placement message);

  /** Leaves out a message, because what was done to it before was refused. */
  abstract void leaveOut(Placement placement);

  /** The flags of a message once this is done. */
  Set<Flag> changed(Placement placement, Set<Flag> flags) {
    return flags;
  }

  String description() {
    String verb = operation().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return verb + " in " + folders();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.MessageActions;
import dev.mailbox.MessageId;
import dev.mailbox.Outcome;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What can be done with some messages. */
abstract class MemoryActions implements MessageActions {
  abstract Changes changes();

  abstract List<MessageId> targets();

  @Override
  public final Outcome mark(Flag first, Flag... more) {
    return changes().mark(targets(), flags(first, more), Set.of());
  }

  @Override
  public final Outcome unmark(Flag first, Flag... more) {
    return changes().mark(targets(), Set.of(), flags(first, more));
  }

  @Override
  public final Outcome moveTo(FolderPath folder) {
    return changes().move(targets(), folder);
  }

  @Override
  public final Outcome copyTo(FolderPath folder) {
    return changes().copy(targets(), folder);
  }

  @Override
  public final Outcome trash() {
    return changes().trash(targets());
  }

  @Override
  public final Outcome delete() {
    return changes().delete(targets());
  }

  private static Set<Flag> flags(Flag first, Flag... more) {
    Set<Flag> flags = new HashSet<>(List.of(more));
    flags.add(first);
    return flags;
  }

  /** For messages of these ids. */
  static MessageActions of(Changes changes, List<MessageId> ids) {
    return new MemoryActions() {
      @Override
      Changes changes() {
        return changes;
      }

      @Override
      List<MessageId> targets() {
        return ids;
      }
    };
  }
}

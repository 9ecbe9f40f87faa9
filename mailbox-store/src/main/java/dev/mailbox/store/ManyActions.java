// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.MessageActions;
import dev.mailbox.Outcome;
import java.util.List;
import java.util.Set;

/** Actions on several messages at once. */
record ManyActions(Actions actions, List<Long> placements) implements MessageActions {
  @Override
  public Outcome mark(Flag first, Flag... more) {
    return actions.mark(placements, Actions.flags(first, more), Set.of());
  }

  @Override
  public Outcome unmark(Flag first, Flag... more) {
    return actions.mark(placements, Set.of(), Actions.flags(first, more));
  }

  @Override
  public Outcome moveTo(FolderPath folder) {
    return actions.move(placements, folder);
  }

  @Override
  public Outcome copyTo(FolderPath folder) {
    return actions.copy(placements, folder);
  }

  @Override
  public Outcome trash() {
    return actions.trash(placements);
  }

  @Override
  public Outcome delete() {
    return actions.delete(placements);
  }
}

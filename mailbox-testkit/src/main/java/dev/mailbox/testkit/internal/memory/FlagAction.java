// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.testkit.fault.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Sets and clears flags of messages. */
final class FlagAction extends Action {
  private final List<Placement> messages;
  private final FolderPath folder;
  private final Set<Flag> set;
  private final Set<Flag> cleared;

  /** Of messages of one folder. */
  FlagAction(List<Placement> messages, Set<Flag> set, Set<Flag> cleared) {
    this.messages = new ArrayList<>(messages);
    this.folder = messages.get(0).folder();
    this.set = set;
    this.cleared = cleared;
  }

  @Override
  Operation operation() {
    return Operation.FLAG;
  }

  @Override
  List<FolderPath> folders() {
    return List.of(folder);
  }

  @Override
  List<Placement> messages() {
    return messages;
  }

  /** Shows it; gives those that were not so already. */
  static List<Placement> show(
      Copy copy, List<Placement> messages, Set<Flag> set, Set<Flag> cleared) {
    List<Placement> changed = new ArrayList<>();
    for (Placement each : messages) {
      Set<Flag> flags = changed(each.flags(), set, cleared);
      if (!flags.equals(each.flags())) {
        copy.show(each, flags);
        changed.add(each);
      }
    }
    return changed;
  }

  private static Set<Flag> changed(Set<Flag> flags, Set<Flag> set, Set<Flag> cleared) {
    Set<Flag> changed = new HashSet<>(flags);
    changed.removeAll(cleared);
    changed.addAll(set);
    return changed;
  }

  @Override
  Set<Flag> changed(Placement placement, Set<Flag> flags) {
    return messages.contains(placement) ? changed(flags, set, cleared) : flags;
  }

  @Override
  void perform(Server server, Copy copy) {
    var change = new Server.FlagChange(names(set), names(cleared));
    for (Placement each : messages) {
      each.place().ifPresent(place -> server.flag(place, each.body().content(), change));
      each.serverFlags(changed(each.serverFlags(), set, cleared));
    }
  }

  static List<String> names(Set<Flag> flags) {
    return flags.stream().map(Flag::name).toList();
  }

  @Override
  void undo(Copy copy, Placement message) {
    if (copy.find(message.id()).isPresent()) {
      copy.show(message, copy.withQueued(message, message.serverFlags()));
    }
  }

  @Override
  void leaveOut(Placement message) {
    messages.remove(message);
  }
}

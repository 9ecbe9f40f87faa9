// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.change.Change;
import dev.mailbox.store.internal.db.ActionQueue;
import dev.mailbox.store.internal.db.Contents;
import dev.mailbox.store.internal.db.Entries;
import dev.mailbox.store.internal.db.Feed;
import dev.mailbox.store.internal.db.Flags;
import dev.mailbox.store.internal.db.PlacementState;
import dev.mailbox.store.internal.db.Placements;
import dev.mailbox.store.internal.db.QueuedAction;
import dev.mailbox.store.internal.db.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a server that mail lives on tells of messages, each within one transaction. */
final class ServerChanges {
  /** Comes before keys that are on their way, and in no key. */
  private static final String UNDER_WAY = "\u0001";

  private ServerChanges() {}

  /** The flags that the server has; what waits in the queue is shown on top of them. */
  static void flags(Sql sql, long placement, Flags told) {
    Optional<PlacementState> before = Placements.state(sql, placement);
    if (before.isEmpty() || before.get().server().filter(f -> f.isSame(told)).isPresent()) {
      return;
    }
    Placements.serverFlags(sql, placement, told);
    show(sql, placement, before.get(), told);
  }

  /** Shows what the server has with what waits. */
  static void show(Sql sql, long placement, PlacementState state, Flags server) {
    Flags shown = server;
    for (QueuedAction waiting : ActionQueue.flagActions(sql, placement)) {
      shown = shown.changed(waiting.set(), waiting.cleared());
    }
    if (!shown.isSame(state.shown())) {
      Placements.show(sql, placement, shown);
      if (!state.hidden()) {
        Feed.add(sql, Feed.Kind.FLAGS, placement, state.place().path(), null);
      }
    }
  }

  /**
   * The server has lost a message: it goes here too, wherever it is shown by now. One that is being
   * moved may have gone by that; the answer tells, or else the next listing.
   */
  static void removed(Sql sql, long folder, String key) {
    OptionalLong placement = Entries.placement(sql, folder, key);
    if (placement.isPresent() && ActionQueue.isMoving(sql, placement.getAsLong())) {
      return;
    }
    Entries.delete(sql, folder, key);
    if (placement.isPresent()) {
      drop(sql, placement.getAsLong());
    }
  }

  /** Removes a message that the server no longer has. */
  static void drop(Sql sql, long placement) {
    Optional<PlacementState> state = Placements.state(sql, placement);
    if (state.isPresent()) {
      Entries.forget(sql, placement);
      if (!state.get().hidden()) {
        String cause = Change.Cause.REMOVED_ON_SERVER.name();
        Feed.add(sql, Feed.Kind.REMOVED, placement, state.get().place().path(), cause);
      }
      Placements.delete(sql, placement);
    }
  }

  /**
   * The server has lost a message because it was to. One that was deleted here meanwhile is gone
   * for good, and so is one whose body never came, because nothing is left to be read.
   */
  static void released(Sql sql, long folder, String key) {
    OptionalLong placement = Entries.placement(sql, folder, key);
    Entries.delete(sql, folder, key);
    Optional<PlacementState> state =
        placement.isPresent() ? Placements.state(sql, placement.getAsLong()) : Optional.empty();
    if (state.isEmpty()) {
      return;
    }
    if (state.get().hidden() || !Contents.isWhole(sql, state.get().content())) {
      drop(sql, placement.getAsLong());
    } else {
      Placements.sole(sql, placement.getAsLong(), true);
    }
  }

  /** The server has given messages other keys, all at once: they may change places. */
  static void rekey(Sql sql, long folder, Map<String, String> keys) {
    List<String> changed = new ArrayList<>();
    keys.forEach(
        (key, newKey) -> {
          if (Entries.find(sql, folder, UNDER_WAY + newKey).isEmpty()) {
            Entries.rekey(sql, folder, key, UNDER_WAY + newKey);
            changed.add(key);
          }
        });
    changed.forEach(key -> arrive(sql, folder, key, String.valueOf(keys.get(key))));
  }

  private static void arrive(Sql sql, long folder, String key, String newKey) {
    String parked = UNDER_WAY + newKey;
    OptionalLong placement = Entries.placement(sql, folder, parked);
    if (Entries.find(sql, folder, newKey).isEmpty()) {
      Entries.rekey(sql, folder, parked, newKey);
    } else if (placement.isEmpty()) {
      Entries.delete(sql, folder, parked);
    } else if (claim(sql, folder, newKey, placement.getAsLong())) {
      Entries.delete(sql, folder, parked);
      Entries.give(sql, folder, newKey, placement.getAsLong());
    } else {
      Entries.rekey(sql, folder, parked, key);
      return;
    }
    if (placement.isPresent()) {
      Placements.remoteKey(sql, placement.getAsLong(), newKey);
    }
  }

  /**
   * Makes way for a message under a key that is known already, because the server listed the
   * message before it was known to be this one. What came so is the same message and goes; its body
   * and its flags stay.
   *
   * @return false if another message has the key
   */
  static boolean claim(Sql sql, long folder, String key, long placement) {
    OptionalLong twin = Entries.placement(sql, folder, key);
    if (twin.isEmpty() || twin.getAsLong() == placement) {
      return true;
    }
    Optional<PlacementState> mine = Placements.state(sql, placement);
    Optional<PlacementState> other = Placements.state(sql, twin.getAsLong());
    if (mine.isEmpty() || other.isEmpty()) {
      return mine.isPresent();
    }
    if (!Contents.agree(sql, mine.get().content(), other.get().content())) {
      return false;
    }
    if (!Contents.isWhole(sql, mine.get().content())) {
      Placements.content(sql, placement, other.get().content());
      Contents.deleteIfUnused(sql, mine.get().content());
    }
    Entries.give(sql, folder, key, placement);
    other.get().server().ifPresent(told -> flags(sql, placement, told));
    drop(sql, twin.getAsLong());
    return true;
  }
}

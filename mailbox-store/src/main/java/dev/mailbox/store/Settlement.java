// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.FolderPath;
import dev.mailbox.Reason;
import dev.mailbox.spi.ActionResult;
import dev.mailbox.spi.EntryState;
import dev.mailbox.spi.RemoteAction;
import dev.mailbox.spi.RemoteEntry;
import dev.mailbox.store.internal.db.ActionQueue;
import dev.mailbox.store.internal.db.Contents;
import dev.mailbox.store.internal.db.Entries;
import dev.mailbox.store.internal.db.Flags;
import dev.mailbox.store.internal.db.Folders;
import dev.mailbox.store.internal.db.MessageRow;
import dev.mailbox.store.internal.db.PlacementState;
import dev.mailbox.store.internal.db.Placements;
import dev.mailbox.store.internal.db.QueuedAction;
import dev.mailbox.store.internal.db.Sql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings the tables in line with what the server made of a queued action. */
final class Settlement {
  private static final ActionQueue.Refusal GONE =
      new ActionQueue.Refusal(
          Reason.NOT_FOUND, "the message was removed on the server before it was copied");

  private static final ActionQueue.Refusal NAMELESS =
      new ActionQueue.Refusal(
          Reason.NOT_FOUND, "the server has not told yet how it names the message");

  private final Store store;

  Settlement(Store store) {
    this.store = store;
  }

  /**
   * An action with what the server knows of it.
   *
   * @param action the action
   * @param keyed its messages, by the keys that the server knows them by, or by their names
   * @param unasked its messages that the server cannot be asked about, with the reasons
   * @param wanted what the server is to be asked; empty if it knows none of the messages
   */
  record Plan(
      QueuedAction action,
      Map<String, QueuedAction.Item> keyed,
      Map<ActionQueue.Refusal, List<QueuedAction.Item>> unasked,
      Optional<RemoteAction> wanted) {
    /** The same for what the server did, and for what it did not. */
    private Plan settled(Map<String, ActionResult.Refused> refused) {
      if (refused.isEmpty()) {
        return this;
      }
      Map<String, QueuedAction.Item> done = new LinkedHashMap<>();
      Map<ActionQueue.Refusal, List<QueuedAction.Item>> undone = new LinkedHashMap<>(unasked);
      keyed.forEach(
          (key, item) -> {
            ActionResult.Refused no = refused.get(key);
            if (no == null) {
              done.put(key, item);
            } else {
              undone.computeIfAbsent(refusal(no), why -> new ArrayList<>()).add(item);
            }
          });
      return new Plan(action, done, undone, wanted);
    }
  }

  /** Finds out how the server knows an action's messages; those that are gone are left out. */
  Plan plan(QueuedAction action) {
    return store.read(
        sql -> {
          Map<String, QueuedAction.Item> keyed = new LinkedHashMap<>();
          Map<ActionQueue.Refusal, List<QueuedAction.Item>> unasked = new LinkedHashMap<>();
          for (QueuedAction.Item item : action.items()) {
            Optional<String> key = key(sql, action, item.placement());
            if (key.isPresent()) {
              keyed.put(key.get(), item);
            } else {
              unasked(sql, action, item)
                  .ifPresent(why -> unasked.computeIfAbsent(why, w -> new ArrayList<>()).add(item));
            }
          }
          boolean none = !action.items().isEmpty() && keyed.isEmpty();
          return new Plan(
              action,
              keyed,
              unasked,
              none ? Optional.empty() : Optional.of(remoteAction(sql, action, keyed)));
        });
  }

  /** A message that is to be appended has a name instead. */
  private static Optional<String> key(Sql sql, QueuedAction action, long placement) {
    return action.kind() == QueuedAction.Kind.APPEND
        ? Placements.content(sql, placement).map(content -> Long.toString(placement))
        : Entries.key(sql, action.place().folder(), placement);
  }

  /** Why the server cannot be asked about a message; empty if it need not be. */
  private static Optional<ActionQueue.Refusal> unasked(
      Sql sql, QueuedAction action, QueuedAction.Item item) {
    Optional<PlacementState> state = Placements.state(sql, item.placement());
    if (state.isEmpty()) {
      return action.kind() == QueuedAction.Kind.COPY ? Optional.of(GONE) : Optional.empty();
    }
    return state.get().sole() ? Optional.empty() : Optional.of(NAMELESS);
  }

  private RemoteAction remoteAction(
      Sql sql, QueuedAction action, Map<String, QueuedAction.Item> keyed) {
    FolderPath folder = action.folder();
    List<String> keys = List.copyOf(keyed.keySet());
    return switch (action.kind()) {
      case FLAGS -> new RemoteAction.ChangeFlags(folder, keys, action.set(), action.cleared());
      case MOVE -> new RemoteAction.Move(folder, keys, action.target().orElseThrow());
      case COPY -> new RemoteAction.Copy(folder, keys, action.target().orElseThrow());
      case DELETE -> new RemoteAction.Delete(folder, keys);
      case APPEND -> append(sql, action);
      case CREATE_FOLDER -> new RemoteAction.CreateFolder(folder);
      case RENAME_FOLDER -> new RemoteAction.RenameFolder(folder, action.target().orElseThrow());
      case DELETE_FOLDER -> new RemoteAction.DeleteFolder(folder);
    };
  }

  private RemoteAction append(Sql sql, QueuedAction action) {
    MessageRow row = Placements.findAny(sql, action.items().get(0).placement()).orElseThrow();
    return new RemoteAction.Append(
        action.folder(),
        Long.toString(row.id()),
        new StoredMessage(store, row.content()),
        action.set(),
        row.receivedAt());
  }

  /** The server has done it, for the messages that it could be asked about and did not refuse. */
  void done(Plan planned, ActionResult.Done done) {
    Plan plan = planned.settled(done.refused());
    Optional<RemoteEntry> appended = plan.wanted().flatMap(Settlement::appended);
    store.change(
        sql -> {
          apply(sql, plan, done);
          if (plan.action().items().isEmpty()) {
            store.folderChanged(plan.action());
          }
          appended.ifPresent(entry -> appended(sql, plan.action(), entry, done));
          ActionQueue.remove(sql, plan.action().id());
          plan.unasked()
              .forEach((why, items) -> Rollback.refuse(sql, plan.action().only(items), why));
        });
  }

  private void apply(Sql sql, Plan plan, ActionResult.Done done) {
    QueuedAction action = plan.action();
    switch (action.kind()) {
      case FLAGS -> plan.keyed().values().forEach(item -> confirm(sql, action, item.placement()));
      case MOVE -> plan.keyed().forEach((key, item) -> moved(sql, action, item, key, done));
      case COPY -> {
        plan.keyed().forEach((key, item) -> copied(sql, action, item, key, done));
        action.items().forEach(item -> copiedHere(sql, item));
      }
      case DELETE -> plan.keyed().values().forEach(item -> removed(sql, item.placement()));
      case DELETE_FOLDER -> {
        Placements.in(sql, action.place().folder()).forEach(id -> removed(sql, id));
        Folders.delete(sql, action.place().folder());
      }
      case APPEND, CREATE_FOLDER, RENAME_FOLDER -> {}
    }
  }

  private void confirm(Sql sql, QueuedAction action, long placement) {
    Flags before = Placements.serverFlags(sql, placement).orElse(Flags.NONE);
    Placements.serverFlags(sql, placement, before.changed(action.set(), action.cleared()));
    store.recentAnswers().note(placement);
  }

  private static void moved(
      Sql sql, QueuedAction action, QueuedAction.Item item, String key, ActionResult.Done done) {
    Optional<RemoteEntry> before = Entries.find(sql, action.place().folder(), key);
    Entries.delete(sql, action.place().folder(), key);
    long target = action.targetPlace().orElseThrow().folder();
    named(sql, new Named(target, item.placement(), done.newKeys().get(key)), before);
  }

  private static void copied(
      Sql sql, QueuedAction action, QueuedAction.Item item, String key, ActionResult.Done done) {
    Optional<RemoteEntry> original = Entries.find(sql, action.place().folder(), key);
    long target = action.targetPlace().orElseThrow().folder();
    named(sql, new Named(target, item.copy(), done.newKeys().get(key)), original);
  }

  /** The copy of a message that the server has lost on purpose is one that lives here too. */
  private static void copiedHere(Sql sql, QueuedAction.Item item) {
    Placements.state(sql, item.placement())
        .filter(PlacementState::sole)
        .ifPresent(original -> Placements.sole(sql, item.copy(), true));
  }

  /** What is noted of a message that was appended, but for its key. */
  private static Optional<RemoteEntry> appended(RemoteAction action) {
    if (!(action instanceof RemoteAction.Append append)) {
      return Optional.empty();
    }
    return Optional.of(
        new RemoteEntry(
            append.name(),
            append.message().sizeInBytes(),
            EntryState.DURABLE,
            append.message().headerHash(),
            Instant.now()));
  }

  private static void appended(
      Sql sql, QueuedAction action, RemoteEntry entry, ActionResult.Done done) {
    long placement = action.items().get(0).placement();
    Placements.serverFlags(sql, placement, Flags.of(action.set()));
    String key = done.newKeys().get(entry.key());
    named(sql, new Named(action.place().folder(), placement, key), Optional.of(entry));
  }

  /** A message that the server has now, in a folder and under a key, if it told the key. */
  private record Named(long folder, long placement, @Nullable String key) {}

  /** Notes the key; a server that does not tell it lets the next listing find it. */
  private static void named(Sql sql, Named named, Optional<RemoteEntry> before) {
    String key = named.key();
    Optional<Long> content = Placements.content(sql, named.placement());
    boolean free =
        key != null
            && content.isPresent()
            && ServerChanges.claim(sql, named.folder(), key, named.placement());
    Placements.remoteKey(sql, named.placement(), free ? key : null);
    if (key != null && free) {
      long shown = Placements.content(sql, named.placement()).orElseThrow();
      RemoteEntry entry =
          new RemoteEntry(
              key,
              before.map(RemoteEntry::listedSize).orElse(0L),
              Contents.isWhole(sql, shown) ? EntryState.DURABLE : EntryState.HEADER,
              before.map(RemoteEntry::headerHash).orElse(new byte[0]),
              Instant.now());
      Entries.put(sql, named.folder(), entry, named.placement());
    }
  }

  private static void removed(Sql sql, long placement) {
    Entries.forget(sql, placement);
    Placements.delete(sql, placement);
  }

  /** The server said no: it, and what was built on it, is undone here. */
  void refused(QueuedAction action, ActionResult.Refused refused) {
    store.change(sql -> Rollback.refuse(sql, action, refusal(refused)));
  }

  private static ActionQueue.Refusal refusal(ActionResult.Refused refused) {
    return new ActionQueue.Refusal(refused.reason(), refused.serverText());
  }
}

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
  private static final ActionQueue.Refusal NAMELESS =
      new ActionQueue.Refusal(
          Reason.NOT_FOUND, "the server has not told yet how it names the message");

  private final Store store;
  private final Rollback rollback = new Rollback();

  Settlement(Store store) {
    this.store = store;
  }

  /**
   * An action with what the server knows of it.
   *
   * @param action the action
   * @param keyed its messages, by the keys that the server knows them by
   * @param nameless its messages that the server must have, under keys that nobody knows yet
   */
  record Plan(
      QueuedAction action, Map<String, QueuedAction.Item> keyed, List<QueuedAction.Item> nameless) {

    /** What the server is to be asked; empty if it knows none of the messages. */
    Optional<RemoteAction> remoteAction() {
      boolean aboutMessages = !action.items().isEmpty();
      return aboutMessages && keyed.isEmpty()
          ? Optional.empty()
          : Optional.of(Settlement.remoteAction(action, List.copyOf(keyed.keySet())));
    }
  }

  /** Finds out how the server knows an action's messages; those that are gone are left out. */
  Plan plan(QueuedAction action) {
    return store.read(
        sql -> {
          Map<String, QueuedAction.Item> keyed = new LinkedHashMap<>();
          List<QueuedAction.Item> nameless = new ArrayList<>();
          for (QueuedAction.Item item : action.items()) {
            Optional<String> key = Entries.key(sql, action.place().folder(), item.placement());
            if (key.isPresent()) {
              keyed.put(key.get(), item);
            } else if (Placements.content(sql, item.placement()).isPresent()) {
              nameless.add(item);
            }
          }
          return new Plan(action, keyed, nameless);
        });
  }

  private static RemoteAction remoteAction(QueuedAction action, List<String> keys) {
    FolderPath folder = action.folder();
    return switch (action.kind()) {
      case FLAGS -> new RemoteAction.ChangeFlags(folder, keys, action.set(), action.cleared());
      case MOVE -> new RemoteAction.Move(folder, keys, action.target().orElseThrow());
      case COPY -> new RemoteAction.Copy(folder, keys, action.target().orElseThrow());
      case DELETE -> new RemoteAction.Delete(folder, keys);
      case CREATE_FOLDER -> new RemoteAction.CreateFolder(folder);
      case RENAME_FOLDER -> new RemoteAction.RenameFolder(folder, action.target().orElseThrow());
      case DELETE_FOLDER -> new RemoteAction.DeleteFolder(folder);
    };
  }

  /** The server has done it, for the messages that it could be asked about. */
  void done(Plan plan, ActionResult.Done done) {
    store.change(
        sql -> {
          apply(sql, plan, done);
          ActionQueue.remove(sql, plan.action().id());
          if (!plan.nameless().isEmpty()) {
            refuse(sql, plan.action().only(plan.nameless()), NAMELESS);
          }
        });
  }

  private static void apply(Sql sql, Plan plan, ActionResult.Done done) {
    QueuedAction action = plan.action();
    switch (action.kind()) {
      case FLAGS -> plan.keyed().values().forEach(item -> confirm(sql, action, item.placement()));
      case MOVE -> plan.keyed().forEach((key, item) -> moved(sql, action, item, key, done));
      case COPY -> plan.keyed().forEach((key, item) -> copied(sql, action, item, key, done));
      case DELETE -> plan.keyed().values().forEach(item -> removed(sql, item.placement()));
      case DELETE_FOLDER -> {
        Placements.in(sql, action.place().folder()).forEach(id -> removed(sql, id));
        Folders.delete(sql, action.place().folder());
      }
      case CREATE_FOLDER, RENAME_FOLDER -> {}
    }
  }

  private static void confirm(Sql sql, QueuedAction action, long placement) {
    Flags before = Placements.serverFlags(sql, placement).orElse(Flags.NONE);
    Placements.serverFlags(sql, placement, before.changed(action.set(), action.cleared()));
  }

  private static void moved(
      Sql sql, QueuedAction action, QueuedAction.Item item, String key, ActionResult.Done done) {
    long from = action.place().folder();
    Optional<RemoteEntry> before = Entries.find(sql, from, key);
    Entries.delete(sql, from, key);
    note(sql, action, item.placement(), done.newKeys().get(key), before);
  }

  private static void copied(
      Sql sql, QueuedAction action, QueuedAction.Item item, String key, ActionResult.Done done) {
    Optional<RemoteEntry> original = Entries.find(sql, action.place().folder(), key);
    note(sql, action, item.copy(), done.newKeys().get(key), original);
  }

  /** Notes the key in the target; a server that does not tell it lets the next listing find it. */
  private static void note(
      Sql sql,
      QueuedAction action,
      long placement,
      @Nullable String key,
      Optional<RemoteEntry> before) {
    Placements.remoteKey(sql, placement, key);
    Optional<Long> content = Placements.content(sql, placement);
    if (key != null && content.isPresent()) {
      boolean whole = Contents.isWhole(sql, content.get());
      RemoteEntry entry =
          new RemoteEntry(
              key,
              before.map(RemoteEntry::listedSize).orElse(0L),
              whole ? EntryState.DURABLE : EntryState.HEADER,
              before.map(RemoteEntry::headerHash).orElse(new byte[0]),
              Instant.now());
      Entries.put(sql, action.targetPlace().orElseThrow().folder(), entry, placement);
    }
  }

  private static void removed(Sql sql, long placement) {
    Entries.forget(sql, placement);
    Placements.delete(sql, placement);
  }

  /** The server said no: it, and what was built on it, is undone here. */
  void refused(QueuedAction action, ActionResult.Refused refused) {
    store.change(
        sql ->
            refuse(sql, action, new ActionQueue.Refusal(refused.reason(), refused.serverText())));
  }

  private void refuse(Sql sql, QueuedAction action, ActionQueue.Refusal refusal) {
    ActionQueue.Refusal inherited =
        new ActionQueue.Refusal(refusal.reason(), "an action before it was refused");
    List<QueuedAction> dependants = rollback.dependants(sql, action);
    for (int i = dependants.size() - 1; i >= 0; i--) {
      rollback.undo(sql, dependants.get(i), inherited);
    }
    rollback.undo(sql, action, refusal);
  }
}

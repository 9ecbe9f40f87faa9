// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.Appended;
import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.MessageId;
import dev.mailbox.Outcome;
import dev.mailbox.Reason;
import dev.mailbox.Residence;
import dev.mailbox.change.Change;
import dev.mailbox.testkit.fault.Operation;
import dev.mailbox.testkit.internal.content.Content;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a program does to messages and folders: shown at once, and for what lives on the server, put
 * into the queue with it.
 */
final class Changes {
  private static final FolderPath TRASH = FolderPath.of("Trash");

  private final Server server;
  private final Copy copy;
  private final Link link;
  private final Queue queue;

  Changes(Server server, Copy copy, Link link, Queue queue) {
    this.server = server;
    this.copy = copy;
    this.link = link;
    this.queue = queue;
  }

  /** What is asked, of which messages. */
  private record Wish(Operation operation, Collection<MessageId> ids, List<FolderPath> folders) {}

  Outcome mark(Collection<MessageId> ids, Set<Flag> set, Set<Flag> cleared) {
    return perform(
        new Wish(Operation.FLAG, ids, List.of()),
        messages -> {
          List<Placement> changed = FlagAction.show(copy, messages, set, cleared);
          return byFolder(onServer(changed)).stream()
              .map(each -> (Action) new FlagAction(each, set, cleared))
              .toList();
        });
  }

  Outcome move(Collection<MessageId> ids, FolderPath target) {
    return perform(
        new Wish(Operation.MOVE, ids, List.of(target)), messages -> move(messages, target));
  }

  private List<Action> move(List<Placement> messages, FolderPath target) {
    CopiedFolder there = copy.require(target);
    List<Action> actions = new ArrayList<>();
    List<Placement> moved = messages.stream().filter(p -> !p.folder().equals(target)).toList();
    requireReachable(moved, there);
    for (List<Placement> group : byFolder(moved)) {
      List<Placement> onServer = onServer(group);
      if (!onServer.isEmpty()) {
        actions.add(new MoveAction(onServer, target));
      }
      group.forEach(each -> copy.show(each, target));
    }
    return actions;
  }

  /** What lives on a server cannot leave it; what lives here can be anywhere. */
  private static void requireReachable(List<Placement> messages, CopiedFolder target) {
    if (!target.livesOnServer() && messages.stream().anyMatch(Placement::livesOnServer)) {
      throw Problems.rejected(
          Reason.IMPOSSIBLE,
          "the messages and " + target.path() + " do not live in the same place");
    }
  }

  /** What is done to messages of several folders is asked of the server folder by folder. */
  private static Collection<List<Placement>> byFolder(List<Placement> messages) {
    Map<FolderPath, List<Placement>> folders = new LinkedHashMap<>();
    for (Placement each : messages) {
      folders.computeIfAbsent(each.folder(), folder -> new ArrayList<>()).add(each);
    }
    return folders.values();
  }

  Outcome copy(Collection<MessageId> ids, FolderPath target) {
    return perform(
        new Wish(Operation.COPY, ids, List.of(target)),
        messages -> {
          requireReachable(messages, copy.require(target));
          List<Action> actions = new ArrayList<>();
          for (List<Placement> group : byFolder(messages)) {
            Map<Placement, Placement> originals = new LinkedHashMap<>();
            for (Placement each : group) {
              Placement made = copyOf(each, target);
              copy.show(made);
              if (each.livesOnServer()) {
                originals.put(made, each);
              }
            }
            if (!originals.isEmpty()) {
              actions.add(new CopyAction(originals, target));
            }
          }
          return actions;
        });
  }

  private Placement copyOf(Placement original, FolderPath folder) {
    return copy.make(
        new Placement.Start(original.body(), folder, original.receivedAt(), original.flags()),
        original.residence());
  }

  Outcome trash(Collection<MessageId> ids) {
    return perform(
        new Wish(Operation.MOVE, ids, List.of(server.read(this::trashPath))),
        messages -> {
          List<Action> actions = new ArrayList<>();
          CopiedFolder trash =
              copy.folder(FolderRole.TRASH)
                  .orElseGet(
                      () -> {
                        actions.addAll(make(TRASH));
                        return copy.require(TRASH);
                      });
          trash.role(FolderRole.TRASH);
          actions.addAll(move(messages, trash.path()));
          return actions;
        });
  }

  private FolderPath trashPath() {
    return copy.folder(FolderRole.TRASH).map(CopiedFolder::path).orElse(TRASH);
  }

  Outcome delete(Collection<MessageId> ids) {
    boolean[] toldLater = {false};
    Outcome outcome =
        perform(
            new Wish(Operation.DELETE, ids, List.of()),
            messages -> {
              messages.forEach(this::hide);
              List<Placement> there = onServer(messages);
              toldLater[0] = there.isEmpty() && messages.stream().anyMatch(Placement::isDeleted);
              return byFolder(there).stream().map(each -> (Action) new DeleteAction(each)).toList();
            });
    return toldLater[0] ? Outcome.QUEUED : outcome;
  }

  /** What the server still has is remembered until it has it no more. */
  private void hide(Placement message) {
    message.deleted(message.livesOnServer() || message.place().isPresent());
    copy.hide(message, Change.Cause.DELETED_HERE);
  }

  private static List<Placement> onServer(List<Placement> messages) {
    return messages.stream().filter(Placement::livesOnServer).toList();
  }

  private Outcome perform(Wish wish, Function<List<Placement>, List<Action>> change) {
    link.requireOpen();
    boolean local =
        server.read(() -> copy.find(wish.ids()).stream().noneMatch(Placement::livesOnServer));
    if (local && copy.residence() == Residence.LOCAL) {
      link.meet(wish.operation(), server.read(() -> folders(wish)));
    }
    List<Action> actions =
        server.change(
            () -> {
              List<Action> made = change.apply(copy.find(wish.ids()));
              copy.queue().addAll(made);
              return made;
            });
    return actions.isEmpty() ? nothingToDo(local && !wish.ids().isEmpty()) : queue.bring(actions);
  }

  /** Those that the messages are in, and where they are to go. */
  private List<FolderPath> folders(Wish wish) {
    Set<FolderPath> folders = new LinkedHashSet<>();
    copy.find(wish.ids()).forEach(each -> folders.add(each.folder()));
    folders.addAll(wish.folders());
    return List.copyOf(folders);
  }

  /** What is as wanted already may have been made so by an action that still waits. */
  private Outcome nothingToDo(boolean local) {
    if (local || copy.residence() == Residence.LOCAL) {
      return Outcome.LOCAL;
    }
    return queue.isEmpty() ? Outcome.ON_SERVER : Outcome.QUEUED;
  }

  Appended append(FolderPath folder, Content content, Instant receivedAt, Set<Flag> flags) {
    link.requireOpen();
    boolean local = server.read(() -> !copy.require(folder).livesOnServer());
    if (local) {
      link.meet(Operation.APPEND, List.of(folder));
    }
    List<Action> actions = new ArrayList<>();
    Placement made =
        server.change(
            () -> {
              Residence where = copy.require(folder).residence();
              var start = new Placement.Start(copy.body(content, true), folder, receivedAt, flags);
              Placement placement = copy.make(start, where);
              placement.durable(server.clock().instant());
              copy.show(placement);
              if (placement.livesOnServer()) {
                actions.add(new AppendAction(placement));
                copy.queue().addAll(actions);
              }
              return placement;
            });
    return new Appended(made.id(), local ? Outcome.LOCAL : queue.bring(actions));
  }

  void create(FolderPath path) {
    Outcome unused = onFolder(Operation.CREATE_FOLDER, List.of(path), () -> make(path));
  }

  private List<Action> make(FolderPath path) {
    List<Action> actions = new ArrayList<>();
    for (int depth = 1; depth <= path.segments().size(); depth++) {
      FolderPath part = new FolderPath(path.segments().subList(0, depth));
      if (copy.folder(part).isEmpty()) {
        CopiedFolder made = new CopiedFolder(part, copy.residence());
        made.whole(true);
        copy.add(made);
        if (made.livesOnServer()) {
          actions.add(new FolderAction.Create(made));
        }
      }
    }
    return actions;
  }

  Outcome rename(FolderPath from, FolderPath to) {
    return onFolder(
        Operation.RENAME_FOLDER,
        List.of(from, to),
        () -> {
          boolean there = copy.require(from).livesOnServer();
          refuseInbox(from, "renamed");
          for (CopiedFolder each : copy.folders()) {
            FolderPath renamed = Paths.renamed(each.path(), from, to);
            if (each.path().isWithin(from) && copy.folder(renamed).isPresent()) {
              throw Problems.rejected(
                  Reason.ALREADY_EXISTS, "there is a folder " + renamed + " already");
            }
          }
          if (to.isWithin(from)) {
            throw Problems.rejected(Reason.IMPOSSIBLE, "a folder cannot go into itself: " + to);
          }
          int depth = to.segments().size() - 1;
          List<Action> actions = new ArrayList<>();
          if (depth > 0) {
            actions.addAll(make(new FolderPath(to.segments().subList(0, depth))));
          }
          copy.rename(from, to);
          if (there) {
            actions.add(new FolderAction.Rename(from, to));
          }
          return actions;
        });
  }

  Outcome delete(FolderPath path) {
    return onFolder(
        Operation.DELETE_FOLDER,
        List.of(path),
        () -> {
          CopiedFolder folder = copy.require(path);
          refuseInbox(path, "deleted");
          List<Placement> messages = copy.in(path);
          messages.forEach(this::hide);
          copy.remove(folder);
          return folder.livesOnServer()
              ? List.of(new FolderAction.Delete(folder, messages))
              : List.of();
        });
  }

  private static void refuseInbox(FolderPath path, String done) {
    if (path.equals(FolderPath.INBOX)) {
      throw Problems.rejected(Reason.IMPOSSIBLE, "the inbox cannot be " + done);
    }
  }

  private Outcome onFolder(
      Operation operation, List<FolderPath> folders, Supplier<List<Action>> change) {
    link.requireOpen();
    boolean local = copy.residence() == Residence.LOCAL;
    if (local) {
      link.meet(operation, folders);
    }
    List<Action> actions =
        server.change(
            () -> {
              List<Action> made = change.get();
              copy.queue().addAll(made);
              return made;
            });
    return actions.isEmpty() ? nothingToDo(local) : queue.bring(actions);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.FailedAction;
import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.MessageId;
import dev.mailbox.Reason;
import dev.mailbox.Residence;
import dev.mailbox.ServerId.ImapUid;
import dev.mailbox.change.Change;
import dev.mailbox.testkit.internal.content.Content;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a mailbox has here of what a server holds. Guarded by the server's lock. */
final class Copy {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** What its ids begin with, so that they are none of another copy. */
  private final String name = "m" + Long.toString(RANDOM.nextLong() >>> 24 | 1L << 40, 32);

  private final Residence residence;
  private final Map<FolderPath, CopiedFolder> folders = new LinkedHashMap<>();
  private final Map<MessageId, Placement> placements = new LinkedHashMap<>();
  private final Map<ImapUid, Placement> listed = new HashMap<>();
  private final Map<ImapUid, Long> left = new HashMap<>();
  private final Map<String, List<Body>> bodies = new LinkedHashMap<>();
  private final Deque<Action> queue = new ArrayDeque<>();
  private final List<FailedAction> failed = new ArrayList<>();
  private final Feed feed = new Feed();
  private final Deliveries deliveries = new Deliveries(this);
  private long lastNumber;
  private @Nullable Instant lastSync;

  Copy(Residence residence) {
    this.residence = residence;
    folders.put(FolderPath.INBOX, new CopiedFolder(FolderPath.INBOX, residence));
  }

  /** Where its folders live. */
  Residence residence() {
    return residence;
  }

  Feed feed() {
    return feed;
  }

  /** What receivers have to hand over. */
  Deliveries deliveries() {
    return deliveries;
  }

  /** What waits to be done on the server, in its order. */
  Deque<Action> queue() {
    return queue;
  }

  List<FailedAction> failed() {
    return failed;
  }

  Optional<Instant> lastSync() {
    return Optional.ofNullable(lastSync);
  }

  void synced(Instant at) {
    lastSync = at;
  }

  /** Whether it was not told yet that a message of the server is larger than that, and so left. */
  boolean leave(ImapUid key, long mostBytes) {
    return !Objects.equals(left.put(key, mostBytes), mostBytes);
  }

  // Folders.

  List<CopiedFolder> folders() {
    return List.copyOf(folders.values());
  }

  Optional<CopiedFolder> folder(FolderPath path) {
    return Optional.ofNullable(folders.get(path));
  }

  Optional<CopiedFolder> folder(FolderRole role) {
    return folders.values().stream().filter(f -> f.role().equals(Optional.of(role))).findFirst();
  }

  CopiedFolder require(FolderPath path) {
    return folder(path)
        .orElseThrow(() -> Problems.rejected(Reason.NOT_FOUND, "there is no folder " + path));
  }

  void add(CopiedFolder folder) {
    folders.put(folder.path(), folder);
    feed.add(at -> new Change.FolderCreated(at, folder.path()));
  }

  void remove(CopiedFolder folder) {
    folders.remove(folder.path());
    feed.add(at -> new Change.FolderDeleted(at, folder.path()));
  }

  /** Gives a folder and those below it, with what is in them, another name. */
  void rename(FolderPath from, FolderPath to) {
    for (CopiedFolder folder : folders()) {
      FolderPath old = folder.path();
      if (old.isWithin(from)) {
        FolderPath renamed = Paths.renamed(old, from, to);
        folders.remove(old);
        folder.path(renamed);
        folders.put(renamed, folder);
        in(old).forEach(p -> p.folder(renamed));
        feed.add(at -> new Change.FolderRenamed(at, old, renamed));
      }
    }
  }

  // Messages.

  Collection<Placement> messages() {
    return placements.values();
  }

  /** What a folder shows. */
  List<Placement> in(FolderPath folder) {
    return placements.values().stream().filter(p -> p.folder().equals(folder)).toList();
  }

  Optional<Placement> find(MessageId id) {
    return Optional.ofNullable(placements.get(id));
  }

  /** Those that are still here, each once. */
  List<Placement> find(Collection<MessageId> ids) {
    return new LinkedHashSet<>(ids).stream().flatMap(id -> find(id).stream()).toList();
  }

  Placement make(Placement.Start start, Residence where) {
    long number = ++lastNumber;
    return new Placement(new MessageId(name + "-" + number), number, start, where);
  }

  /** Shows a message, for the first time or again. */
  void show(Placement placement) {
    placements.put(placement.id(), placement);
    keep(placement);
    feed.add(at -> new Change.Arrived(at, placement.id(), placement.folder()));
  }

  void hide(Placement placement, Change.Cause cause) {
    if (placements.remove(placement.id()) != null) {
      feed.add(at -> new Change.Removed(at, placement.id(), placement.folder(), cause));
    }
    boolean comesBackIfRefused = placement.isDeleted() && placement.livesOnServer();
    if (!comesBackIfRefused) {
      release(placement);
    }
  }

  /** A content that was gone is here again, under its number if that is still free. */
  private void keep(Placement placement) {
    Body body = placement.body();
    List<Body> alike = bodies.computeIfAbsent(body.content().identity(), i -> new ArrayList<>());
    if (!alike.contains(body)) {
      Optional<Body> same = body.isHere() ? whole(body.content()) : Optional.empty();
      if (same.isPresent()) {
        placement.body(same.get());
      } else if (alike.stream().noneMatch(other -> other.number() == body.number())) {
        alike.add(body);
        alike.sort(Comparator.comparing(Body::number));
      } else {
        placement.body(body.as(nextNumber(alike)));
        alike.add(placement.body());
      }
    }
    placement.body().hold(placement);
  }

  /** A content that nothing holds is gone. */
  private void release(Placement placement) {
    Body body = placement.body();
    body.release(placement);
    if (!body.isHeld()) {
      bodies.getOrDefault(body.content().identity(), List.of()).remove(body);
    }
  }

  void show(Placement placement, Set<Flag> flags) {
    if (!placement.flags().equals(flags)) {
      placement.flags(flags);
      feed.add(at -> new Change.FlagsChanged(at, placement.id(), placement.folder()));
    }
  }

  void show(Placement placement, FolderPath folder) {
    FolderPath from = placement.folder();
    if (!from.equals(folder)) {
      placement.folder(folder);
      feed.add(at -> new Change.Moved(at, placement.id(), from, folder));
    }
  }

  /** The bytes of a body are here, of all that share it. */
  void bodyArrived(Placement placement, Instant now) {
    Body header = placement.body();
    if (header.isHere()) {
      placement.durable(now);
      return;
    }
    Body whole = whole(header.content()).orElse(header);
    for (Placement each : header.holders()) {
      if (each.body() != whole) {
        release(each);
        each.body(whole);
        whole.hold(each);
      }
      each.durable(now);
      if (placements.containsKey(each.id())) {
        feed.add(at -> new Change.BodyArrived(at, each.id(), each.folder()));
      }
    }
  }

  /** What the server has, with what is queued on top. */
  Set<Flag> withQueued(Placement placement, Set<Flag> there) {
    Set<Flag> flags = there;
    for (Action action : queue) {
      flags = action.changed(placement, flags);
    }
    return flags;
  }

  // What the server lists.

  Optional<Placement> listed(ImapUid key) {
    return Optional.ofNullable(listed.get(key));
  }

  /** All messages that the server had in a folder when it was last looked at. */
  List<Placement> listedIn(FolderPath folder) {
    return listed().filter(p -> isIn(p, folder)).toList();
  }

  private static boolean isIn(Placement placement, FolderPath folder) {
    return placement.place().filter(place -> place.folder().equals(folder)).isPresent();
  }

  Stream<Placement> listed() {
    return List.copyOf(listed.values()).stream();
  }

  /** The server has it there, under that key. */
  void list(Placement placement, Placement.Place place) {
    placement.place().ifPresent(before -> listed.remove(before.key()));
    placement.place(place);
    listed.put(place.key(), placement);
  }

  /** The server has it no more. */
  void unlist(Placement placement) {
    placement.place().ifPresent(place -> listed.remove(place.key()));
    placement.place(null);
    if (!placements.containsKey(placement.id())) {
      release(placement);
    }
  }

  // Contents.

  /** All contents, of messages that are shown or hidden. */
  List<Body> bodies() {
    return bodies.values().stream().flatMap(List::stream).toList();
  }

  /**
   * A content for a message that is new here. Equal bytes are one, as soon as they are here;
   * contents that cannot be told apart by a header are numbered.
   */
  Body body(Content content, boolean isWhole) {
    return (isWhole ? whole(content) : Optional.<Body>empty()).orElseGet(() -> made(content));
  }

  private Optional<Body> whole(Content content) {
    return bodies.getOrDefault(content.identity(), List.of()).stream()
        .filter(body -> body.isHere() && body.content().equals(content))
        .findFirst();
  }

  private Body made(Content content) {
    List<Body> alike = bodies.computeIfAbsent(content.identity(), i -> new ArrayList<>());
    Body body = new Body(nextNumber(alike), content);
    alike.add(body);
    return body;
  }

  private static int nextNumber(List<Body> alike) {
    return alike.isEmpty() ? 1 : alike.get(alike.size() - 1).number() + 1;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Reason;
import dev.mailbox.Residence;
import dev.mailbox.connect.Credentials;
import dev.mailbox.testkit.internal.content.Content;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One account on a server without a protocol. Everything that is not said to take the lock wants it
 * held.
 */
public final class Server {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Map<FolderPath, Box> boxes = new LinkedHashMap<>();
  private final Faults faults = new Faults();
  private final Shelf shelf = new Shelf(this);
  private final MailboxConfig account;
  private final Residence residence;
  private final Clock clock;
  private final Map<String, Instant> tokens = new HashMap<>();
  private boolean comparesTokens;
  private long lastUidValidity = 1000;
  private long quota = Long.MAX_VALUE;
  private long revision;

  /** A server with the account that this configuration names. */
  public Server(MailboxConfig account, Clock clock) {
    this.account = account;
    this.clock = clock;
    this.residence = account.scheme().startsWith("pop3") ? Residence.LOCAL : Residence.SERVER;
    boxes.put(FolderPath.INBOX, new Box(FolderPath.INBOX, FolderRole.INBOX, ++lastUidValidity));
  }

  /** Does something with the lock, and tells who waits for news of it. */
  public <T> T change(Supplier<T> work) {
    lock.lock();
    try {
      T result = work.get();
      news.signalAll();
      return result;
    } finally {
      lock.unlock();
    }
  }

  /** Does something with the lock. */
  public <T> T read(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /** Signalled after each change, here or in a copy. */
  Condition news() {
    return news;
  }

  /** Grows with each change of what the server holds, and when it can be reached again. */
  long revision() {
    return revision;
  }

  void changed() {
    revision++;
  }

  public Faults faults() {
    return faults;
  }

  Shelf shelf() {
    return shelf;
  }

  public MailboxConfig account() {
    return account;
  }

  /** Where mail lives. */
  Residence residence() {
    return residence;
  }

  boolean isAt(String host, int port) {
    return host.equals(account.host()) && port == account.port();
  }

  public Clock clock() {
    return clock;
  }

  /** Lets a token in until then, and none that was not told. */
  public void token(String token, Instant end) {
    comparesTokens = true;
    tokens.put(token, end);
  }

  /** From now on this token is refused. */
  public void expireToken(String token) {
    tokens.put(token, Instant.MIN);
  }

  /** Takes the lock. */
  boolean lets(Credentials credentials, String token) {
    Credentials expected = account.credentials().orElseThrow();
    if (!credentials.user().equals(expected.user())) {
      return false;
    }
    return credentials instanceof Credentials.OAuth
        ? read(() -> lets(token))
        : credentials.equals(expected);
  }

  private boolean lets(String token) {
    Instant end = tokens.get(token);
    return end == null ? !comparesTokens : end.isAfter(clock.instant());
  }

  public void quota(long bytes) {
    quota = bytes;
  }

  public List<FolderPath> folders() {
    return List.copyOf(boxes.keySet());
  }

  List<Box> boxes() {
    return List.copyOf(boxes.values());
  }

  Optional<Box> box(FolderPath path) {
    return Optional.ofNullable(boxes.get(path));
  }

  Box require(FolderPath path) {
    return box(path)
        .orElseThrow(() -> Problems.rejected(Reason.NOT_FOUND, "there is no folder " + path));
  }

  /** Makes a folder and those above it, as far as they are missing. */
  public void create(FolderPath path) {
    for (int depth = 1; depth <= path.segments().size(); depth++) {
      FolderPath part = new FolderPath(path.segments().subList(0, depth));
      boxes.computeIfAbsent(part, p -> new Box(p, null, ++lastUidValidity));
    }
    changed();
  }

  public void role(FolderPath path, FolderRole role) {
    require(path).role(role);
    changed();
  }

  public void rename(FolderPath from, FolderPath to) {
    require(from);
    changed();
    if (boxes.containsKey(to)) {
      throw Problems.rejected(Reason.ALREADY_EXISTS, "there is a folder " + to + " already");
    }
    if (to.segments().size() > 1) {
      create(new FolderPath(to.segments().subList(0, to.segments().size() - 1)));
    }
    for (Box box : boxes()) {
      if (box.path().isWithin(from)) {
        boxes.remove(box.path());
        box.rename(Paths.renamed(box.path(), from, to));
        boxes.put(box.path(), box);
      }
    }
  }

  public void delete(FolderPath path) {
    require(path);
    if (path.equals(FolderPath.INBOX)) {
      throw Problems.rejected(Reason.IMPOSSIBLE, "the inbox cannot be deleted");
    }
    boxes.remove(path);
    changed();
  }

  public void renumber(FolderPath path) {
    require(path).renumber(++lastUidValidity);
    changed();
  }

  /** Puts in a message, if there is room for it. */
  public Held add(FolderPath path, Content content, Instant arrivedAt, List<String> flags) {
    Box box = require(path);
    long held =
        quota == Long.MAX_VALUE
            ? 0
            : boxes.values().stream()
                .flatMap(each -> each.messages().stream())
                .mapToLong(message -> message.content().sizeInBytes())
                .sum();
    if (held + content.sizeInBytes() > quota) {
      throw Problems.rejected(Reason.OVER_QUOTA, "there is no room left");
    }
    changed();
    return box.add(content, arrivedAt, flags);
  }

  public List<Held> messages(FolderPath path) {
    return require(path).messages();
  }

  public long uidValidity(FolderPath path) {
    return require(path).uidValidity();
  }

  public void flag(FolderPath path, long uid, List<String> set, List<String> cleared) {
    Held message =
        require(path)
            .find(uid)
            .orElseThrow(() -> new IllegalStateException(path + " has no message " + uid));
    message.change(set, cleared);
    changed();
  }

  public void remove(FolderPath path, long uid) {
    Box box = require(path);
    box.find(uid).ifPresent(box::remove);
    changed();
  }

  // What a client does, to a message where it was last seen.

  Placement.Place place(FolderPath folder, Held message) {
    return new Placement.Place(folder, require(folder).key(message));
  }

  Optional<Held> find(Placement.Place place, Content content) {
    return box(place.folder()).flatMap(box -> box.find(place.key(), content));
  }

  /** Nothing happens to a message that is gone. */
  void flag(Placement.Place place, Content content, FlagChange change) {
    find(place, content).ifPresent(held -> held.change(change.set(), change.cleared()));
    changed();
  }

  /** Flags to set and to clear, by their names. */
  record FlagChange(List<String> set, List<String> cleared) {}

  void remove(Placement.Place place, Content content) {
    changed();
    find(place, content).ifPresent(held -> require(place.folder()).remove(held));
  }

  /** Nothing happens to a message that is gone. */
  Optional<Placement.Place> move(Placement.Place place, Content content, FolderPath target) {
    Optional<Placement.Place> moved = copy(place, content, target);
    moved.ifPresent(unused -> remove(place, content));
    return moved;
  }

  Optional<Placement.Place> copy(Placement.Place place, Content content, FolderPath target) {
    Box to = require(target);
    changed();
    return find(place, content)
        .map(m -> to.add(m.content(), m.arrivedAt(), List.copyOf(m.flagNames())))
        .map(made -> new Placement.Place(target, to.key(made)));
  }

  /** How many messages wait in the inbox. */
  int inboxSize() {
    return require(FolderPath.INBOX).messages().size();
  }
}

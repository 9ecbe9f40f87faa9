// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.store;

import dev.mailbox.testkit.internal.names.ModifiedUtf7;
import dev.mailbox.testkit.internal.words.ImapPhrase;
import dev.mailbox.testkit.internal.words.Wording;
import dev.mailbox.testkit.mail.MailSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * A user's folders. All is done under the account's lock; who changes something also tells the
 * sessions that listen, before the lock is let go.
 */
public final class Account {
  private final Accounts server;
  private final String user;
  private final Secrets secrets;
  private final Maildrop maildrop = new Maildrop();
  private final Threads threads = new Threads();
  private final ReentrantLock lock = new ReentrantLock();
  private final TreeMap<String, StoredFolder> folders = new TreeMap<>();
  private final Set<String> subscribed = new TreeSet<>();
  private final List<Runnable> listeners = new ArrayList<>();
  private final Set<Runnable> sessions = ConcurrentHashMap.newKeySet();
  private final boolean hasLabels;
  private final Labels labels = new Labels(this);
  private long changes;
  private char delimiter;
  private long quota = Long.MAX_VALUE;

  Account(Accounts server, String user) {
    this.server = server;
    this.user = user;
    this.secrets = new Secrets(server.clock());
    this.delimiter = server.delimiter();
    folders.put("INBOX", made("INBOX"));
    String root = server.labelRoot();
    this.hasLabels = root != null;
    if (root != null) {
      StoredFolder top = made(root);
      top.selectable(false);
      folders.put(root, top);
    }
    server.standardFolders().forEach(name -> folders.put(name, made(name)));
  }

  /** Something that needs the account as it is at one moment. */
  public interface Work<T, E extends Exception> {
    T run() throws E;
  }

  public String user() {
    return user;
  }

  /** By what its user is known. */
  public Secrets secrets() {
    return secrets;
  }

  /** The lock by which POP3 lets in one session at a time. */
  public Maildrop maildrop() {
    return maildrop;
  }

  /** What belongs together. */
  public Threads threads() {
    return threads;
  }

  /** Does it, and tells those who listen when it has changed anything. */
  public <T, E extends Exception> T locked(Work<T, E> work) throws E {
    lock.lock();
    long before = changes;
    try {
      return work.run();
    } finally {
      if (changes != before) {
        List.copyOf(listeners).forEach(Runnable::run);
      }
      lock.unlock();
    }
  }

  /** As {@link #locked}, for work that changes nothing that others would have to be told. */
  public <T, E extends Exception> T read(Work<T, E> work) throws E {
    lock.lock();
    try {
      return work.run();
    } finally {
      lock.unlock();
    }
  }

  /** From now on this is run after each change, by whoever made it; it must not wait. */
  public void addListener(Runnable listener) {
    listeners.add(listener);
  }

  /** False when it was not there. */
  public boolean removeListener(Runnable listener) {
    return listeners.remove(listener);
  }

  /** A session has begun, which ends when this is run; that must not wait. */
  public void sessionBegan(Runnable end) {
    sessions.add(end);
  }

  public void sessionEnded(Runnable end) {
    sessions.remove(end);
  }

  /** Ends the sessions of both protocols that are open. */
  public void endSessions() {
    sessions.forEach(Runnable::run);
  }

  /** With what the names of all folders but the inbox begin. */
  public String namespace() {
    return server.namespace();
  }

  public char delimiter() {
    return delimiter;
  }

  public void delimiter(char character) {
    delimiter = character;
  }

  /** How many bytes it may hold. */
  public long quota() {
    return quota;
  }

  public void quota(long bytes) {
    quota = bytes;
  }

  public long size() {
    if (!hasLabels) {
      return folders.values().stream().mapToLong(StoredFolder::size).sum();
    }
    Map<Long, Long> sizes = new HashMap<>();
    for (StoredFolder folder : folders.values()) {
      folder.messages().forEach(m -> sizes.put(m.content().id(), m.content().size()));
    }
    return sizes.values().stream().mapToLong(Long::longValue).sum();
  }

  public boolean hasRoomFor(long bytes) {
    return quota == Long.MAX_VALUE || size() + bytes <= quota;
  }

  public long nextValidity() {
    return server.nextValidity();
  }

  /** In what words the server speaks. */
  public Wording wording() {
    return server.wording();
  }

  /** A message that is new in this server. */
  public Content content(MailSource source, Instant internalDate) {
    return new Content(server.nextContent(), source, internalDate, null, -1);
  }

  /** Puts a message into a folder; where folders are labels, it is one message in all of them. */
  public StoredMessage add(StoredFolder folder, Content content, Collection<String> flags) {
    if (!hasLabels) {
      return folder.add(content, now(), flags);
    }
    Optional<StoredMessage> there = folder.of(content);
    if (there.isPresent()) {
      return there.get();
    }
    StoredMessage added = folder.add(content, now(), flags);
    boolean apart = folder.isFor("\\Trash") || folder.isFor("\\Junk");
    for (StoredFolder other : folders()) {
      if (apart && other != folder) {
        other.removeIf(m -> m.content().id() == content.id());
      } else if (!apart && other.isFor("\\All") && other.of(content).isEmpty()) {
        other.add(content, now(), Labels.shared(flags));
      }
    }
    labels.added(folder, added);
    return added;
  }

  /**
   * Whether what is moved stays where it was: in the folder that has all, or in that one itself.
   */
  public boolean staysWhenMoved(StoredFolder from, StoredFolder to) {
    return hasLabels && (from == to || from.isFor("\\All"));
  }

  /**
   * Changes flags; where folders are labels, all but \Deleted in all of them. True when that
   * changed anything.
   */
  public boolean change(
      StoredFolder folder, StoredMessage message, FlagChange change, Collection<String> flags) {
    boolean changed = folder.change(message, change, flags);
    if (hasLabels && changed) {
      labels.changed(folder, message.content(), change, flags);
    }
    return changed;
  }

  /**
   * Removes messages as EXPUNGE does. Where folders are labels, the one that has all keeps them.
   */
  public List<StoredMessage> expunge(StoredFolder folder, Predicate<StoredMessage> which) {
    if (hasLabels && folder.isFor("\\All")) {
      return List.of();
    }
    List<StoredMessage> gone = folder.removeIf(which);
    if (hasLabels) {
      labels.removed(folder, gone);
    }
    return gone;
  }

  /** The time by the server's clock. */
  public Instant now() {
    return server.clock().instant();
  }

  public List<StoredFolder> folders() {
    return List.copyOf(folders.values());
  }

  public StoredFolder inbox() {
    return find("INBOX").orElseThrow(() -> new IllegalStateException("INBOX stays"));
  }

  public Set<String> subscribed() {
    return Collections.unmodifiableSet(subscribed);
  }

  /** False when it was subscribed to already. */
  public boolean subscribe(String name) {
    touch();
    return subscribed.add(name);
  }

  /** False when it was not subscribed to. */
  public boolean unsubscribe(String name) {
    touch();
    return subscribed.remove(name);
  }

  private void touch() {
    changes++;
  }

  public Optional<StoredFolder> find(String name) {
    return Optional.ofNullable(folders.get(canonical(name)));
  }

  /** INBOX in capitals, whatever the case; other names as they are. */
  public String canonical(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return upper.equals("INBOX") || upper.startsWith("INBOX" + delimiter)
        ? "INBOX" + name.substring(5)
        : name;
  }

  public boolean hasChildren(String name) {
    String prefix = name + delimiter;
    return folders.keySet().stream().anyMatch(other -> other.startsWith(prefix));
  }

  /** Makes the folder and those above it that are missing. */
  public StoredFolder create(String wanted) throws Refusal {
    String name = canonical(wanted);
    checkName(name);
    StoredFolder there = folders.get(name);
    if (there != null && there.isSelectable()) {
      throw Refusal.no(ImapPhrase.FOLDER_EXISTS, "folder", ModifiedUtf7.encode(name));
    }
    for (int at = name.indexOf(delimiter); at > 0; at = name.indexOf(delimiter, at + 1)) {
      folders.computeIfAbsent(name.substring(0, at), this::made);
    }
    StoredFolder created = made(name);
    folders.put(name, created);
    return created;
  }

  /** Removes the folder; where there are folders below it, only its messages and its use. */
  public void delete(String wanted) throws Refusal {
    StoredFolder folder = find(wanted).orElseThrow(() -> missing(wanted));
    if (folder.name().equals("INBOX")) {
      throw Refusal.no("[CANNOT] INBOX stays");
    }
    boolean above = hasChildren(folder.name());
    if (above && !folder.isSelectable()) {
      throw Refusal.no("[HASCHILDREN] there are folders below it");
    }
    folder.removeIf(m -> true);
    folder.selectable(false);
    folder.attributes(List.of());
    if (!above) {
      folders.remove(folder.name());
    }
    touch();
  }

  public void rename(String wanted, String wantedTarget) throws Refusal {
    StoredFolder folder = find(wanted).orElseThrow(() -> missing(wanted));
    String target = canonical(wantedTarget);
    String from = folder.name();
    if (find(target).isPresent()) {
      throw Refusal.no(ImapPhrase.FOLDER_EXISTS, "folder", ModifiedUtf7.encode(target));
    }
    if (target.startsWith(from + delimiter) && !from.equals("INBOX")) {
      throw Refusal.no("[CANNOT] a folder cannot be below itself");
    }
    StoredFolder created = create(target);
    if (from.equals("INBOX")) {
      folder.messages().forEach(m -> created.add(m.content(), m.savedAt(), m.flags()));
      folder.removeIf(m -> true);
      return;
    }
    folders.remove(target);
    for (StoredFolder each : folders()) {
      if (each.name().equals(from) || each.name().startsWith(from + delimiter)) {
        folders.remove(each.name());
        each.rename(target + each.name().substring(from.length()));
        folders.put(each.name(), each);
      }
    }
  }

  public static Refusal missing(String name) {
    return Refusal.no(ImapPhrase.NO_SUCH_FOLDER, "folder", ModifiedUtf7.encode(name));
  }

  private StoredFolder made(String name) {
    var folder = new StoredFolder(server.nextFolder(), name, server.nextValidity(), this::touch);
    touch();
    Optional.ofNullable(server.specialUses().get(name))
        .ifPresent(use -> folder.attributes(List.of(use)));
    return folder;
  }

  private void checkName(String name) throws Refusal {
    String twice = String.valueOf(delimiter) + delimiter;
    if (name.chars().anyMatch(c -> c < ' ' || c == 127)) {
      throw Refusal.no("[CANNOT] a folder's name has no control characters");
    }
    boolean edge = name.startsWith("" + delimiter) || name.endsWith("" + delimiter);
    if (name.isEmpty() || edge || name.contains(twice)) {
      throw Refusal.no("[CANNOT] a folder needs a name");
    }
  }
}

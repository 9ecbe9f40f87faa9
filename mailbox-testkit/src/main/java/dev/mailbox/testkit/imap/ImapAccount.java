// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The folders of the one account. All is done under its lock; who changes something also tells the
 * sessions that idle, before the lock is let go.
 */
final class ImapAccount {
  private final ReentrantLock lock = new ReentrantLock();
  private final TreeMap<String, StoredFolder> folders = new TreeMap<>();
  private final Set<String> subscribed = new TreeSet<>();
  private final List<Runnable> idlers = new ArrayList<>();
  private char delimiter = '/';
  private long lastValidity = 1_700_000_000;
  private long quota = Long.MAX_VALUE;

  ImapAccount() {
    folders.put("INBOX", new StoredFolder("INBOX", ++lastValidity));
  }

  /** Something that needs the account as it is at one moment. */
  interface Work<T, E extends Exception> {
    T run() throws E;
  }

  <T, E extends Exception> T locked(Work<T, E> work) throws E {
    lock.lock();
    try {
      T result = work.run();
      List.copyOf(idlers).forEach(Runnable::run);
      return result;
    } finally {
      lock.unlock();
    }
  }

  /** From now on this is run after each change, by whoever made it. */
  void addIdler(Runnable idler) {
    idlers.add(idler);
  }

  void removeIdler(Runnable idler) {
    idlers.remove(idler);
  }

  int idlers() {
    return idlers.size();
  }

  char delimiter() {
    return delimiter;
  }

  void delimiter(char character) {
    delimiter = character;
  }

  void quota(long bytes) {
    quota = bytes;
  }

  boolean hasRoomFor(long bytes) {
    return folders.values().stream().mapToLong(StoredFolder::size).sum() + bytes <= quota;
  }

  long nextValidity() {
    return ++lastValidity;
  }

  List<StoredFolder> folders() {
    return List.copyOf(folders.values());
  }

  Set<String> subscribed() {
    return subscribed;
  }

  Optional<StoredFolder> find(String name) {
    return Optional.ofNullable(folders.get(FolderNames.canonical(name, delimiter)));
  }

  boolean hasChildren(String name) {
    String prefix = name + delimiter;
    return folders.keySet().stream().anyMatch(other -> other.startsWith(prefix));
  }

  /** Makes the folder and those above it that are missing. */
  StoredFolder create(String wanted) throws Refusal {
    String name = FolderNames.canonical(wanted, delimiter);
    checkName(name);
    StoredFolder there = folders.get(name);
    if (there != null && there.isSelectable()) {
      throw Refusal.no("[ALREADYEXISTS] there is such a folder");
    }
    for (int at = name.indexOf(delimiter); at > 0; at = name.indexOf(delimiter, at + 1)) {
      String above = name.substring(0, at);
      folders.computeIfAbsent(above, n -> new StoredFolder(n, nextValidity()));
    }
    var made = new StoredFolder(name, nextValidity());
    folders.put(name, made);
    return made;
  }

  /** Removes the folder; where there are folders below it, only its messages and its use. */
  void delete(String wanted) throws Refusal {
    StoredFolder folder = find(wanted).orElseThrow(ImapAccount::missing);
    if (folder.name().equals("INBOX")) {
      throw Refusal.no("[CANNOT] INBOX stays");
    }
    boolean above = hasChildren(folder.name());
    if (above && !folder.isSelectable()) {
      throw Refusal.no("[HASCHILDREN] there are folders below it");
    }
    folder.removeIf(m -> true);
    folder.selectable(false);
    if (!above) {
      folders.remove(folder.name());
    }
  }

  void rename(String wanted, String wantedTarget) throws Refusal {
    StoredFolder folder = find(wanted).orElseThrow(ImapAccount::missing);
    String target = FolderNames.canonical(wantedTarget, delimiter);
    String from = folder.name();
    if (find(target).isPresent()) {
      throw Refusal.no("[ALREADYEXISTS] there is such a folder");
    }
    if (target.startsWith(from + delimiter)) {
      throw Refusal.no("[CANNOT] a folder cannot be below itself");
    }
    StoredFolder made = create(target);
    if (from.equals("INBOX")) {
      folder.messages().forEach(m -> made.add(m.source(), m.internalDate(), m.flags()));
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

  static Refusal missing() {
    return Refusal.no("[NONEXISTENT] there is no such folder");
  }

  private void checkName(String name) throws Refusal {
    String twice = String.valueOf(delimiter) + delimiter;
    if (name.isEmpty() || name.charAt(0) == delimiter || name.contains(twice)) {
      throw Refusal.no("[CANNOT] a folder needs a name");
    }
  }
}

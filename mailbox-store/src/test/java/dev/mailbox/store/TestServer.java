// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.Reason;
import dev.mailbox.spi.ActionResult;
import dev.mailbox.spi.ListedFolder;
import dev.mailbox.spi.RemoteAction;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A mail server in memory that does what it is told, at once. Safe for several threads. */
final class TestServer {
  private final Map<FolderPath, Map<String, Mail>> folders = new ConcurrentHashMap<>();
  private final Map<FolderRole, FolderPath> roles = new ConcurrentHashMap<>();
  private final AtomicInteger lastKey = new AtomicInteger();

  /** A message on the server. */
  record Mail(String text, Set<Flag> flags) {
    byte[] bytes() {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  TestServer() {
    folders.put(FolderPath.INBOX, new ConcurrentSkipListMap<>());
  }

  /** Puts a message into the inbox and returns its key. */
  String deliver(String text, Flag... flags) {
    return deliver(FolderPath.INBOX, text, flags);
  }

  String deliver(FolderPath folder, String text, Flag... flags) {
    return put(folder, new Mail(text, Set.of(flags)));
  }

  private String put(FolderPath folder, Mail mail) {
    String key = String.format(java.util.Locale.ROOT, "k%06d", lastKey.incrementAndGet());
    put(folder, key, mail);
    return key;
  }

  void put(FolderPath folder, String key, Mail mail) {
    folders.computeIfAbsent(folder, f -> new ConcurrentSkipListMap<>()).put(key, mail);
  }

  void remove(FolderPath folder, String key) {
    list(folder).remove(key);
  }

  Map<String, Mail> list(FolderPath folder) {
    return folders.getOrDefault(folder, new LinkedHashMap<>());
  }

  Map<String, Mail> inbox() {
    return list(FolderPath.INBOX);
  }

  Set<FolderPath> folders() {
    return Set.copyOf(folders.keySet());
  }

  /** Gives a role to a folder, which is made if it is missing, and takes it from any other. */
  void role(FolderRole role, FolderPath folder) {
    folders.computeIfAbsent(folder, f -> new ConcurrentSkipListMap<>());
    roles.put(role, folder);
  }

  void noRole(FolderRole role) {
    roles.remove(role);
  }

  void removeFolder(FolderPath folder) {
    folders.remove(folder);
  }

  List<ListedFolder> listed() {
    return folders().stream().map(path -> new ListedFolder(path, role(path))).toList();
  }

  private Optional<FolderRole> role(FolderPath path) {
    return roles.entrySet().stream()
        .filter(entry -> entry.getValue().equals(path))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  ActionResult perform(RemoteAction action) {
    if (!folders.containsKey(action.folder()) && !(action instanceof RemoteAction.CreateFolder)) {
      return new ActionResult.Refused(Reason.NOT_FOUND, "no such folder");
    }
    if (action instanceof RemoteAction.ChangeFlags change) {
      return changeFlags(change);
    } else if (action instanceof RemoteAction.Move move) {
      Map<String, String> keys = copy(move.folder(), move.keys(), move.target());
      move.keys().forEach(list(move.folder())::remove);
      return new ActionResult.Done(keys);
    } else if (action instanceof RemoteAction.Copy copy) {
      return new ActionResult.Done(copy(copy.folder(), copy.keys(), copy.target()));
    } else if (action instanceof RemoteAction.Delete delete) {
      delete.keys().forEach(list(delete.folder())::remove);
    } else if (action instanceof RemoteAction.Append append) {
      String key = put(append.folder(), new Mail(text(append), append.flags()));
      return new ActionResult.Done(Map.of(append.name(), key));
    } else if (action instanceof RemoteAction.CreateFolder create) {
      folders.putIfAbsent(create.folder(), new ConcurrentSkipListMap<>());
    } else if (action instanceof RemoteAction.DeleteFolder delete) {
      folders.remove(delete.folder());
    } else if (action instanceof RemoteAction.RenameFolder rename) {
      rename(rename.folder(), rename.target());
    }
    return new ActionResult.Done(Map.of());
  }

  private static String text(RemoteAction.Append append) {
    try (InputStream in = append.message().open()) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ActionResult changeFlags(RemoteAction.ChangeFlags change) {
    for (String key : change.keys()) {
      list(change.folder())
          .computeIfPresent(
              key,
              (k, mail) -> {
                Set<Flag> flags = new LinkedHashSet<>(mail.flags());
                flags.addAll(change.set());
                flags.removeAll(change.clear());
                return new Mail(mail.text(), flags);
              });
    }
    return new ActionResult.Done(Map.of());
  }

  private Map<String, String> copy(FolderPath from, List<String> keys, FolderPath to) {
    Map<String, String> newKeys = new LinkedHashMap<>();
    for (String key : keys) {
      Mail mail = list(from).get(key);
      if (mail != null) {
        newKeys.put(key, put(to, mail));
      }
    }
    return newKeys;
  }

  private void rename(FolderPath from, FolderPath to) {
    for (FolderPath path : folders()) {
      if (path.isWithin(from)) {
        List<String> below =
            path.segments().subList(from.segments().size(), path.segments().size());
        List<String> segments = new java.util.ArrayList<>(to.segments());
        segments.addAll(below);
        Map<String, Mail> mails = folders.remove(path);
        if (mails != null) {
          folders.put(new FolderPath(segments), mails);
        }
      }
    }
  }
}

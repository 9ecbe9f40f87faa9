// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import dev.mailbox.Folder;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.MessageId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a mailbox shows, for comparing. */
final class Copies {
  private Copies() {}

  /** The hashes of all messages that are whole here. */
  static List<String> hashes(Mailbox mailbox) {
    return messages(mailbox).stream()
        .filter(Message::isDownloaded)
        .map(message -> Seen.hash(TestAccount.raw(message)))
        .toList();
  }

  /** All ids, with what the server calls them. */
  static Map<MessageId, String> ids(Mailbox mailbox) {
    Map<MessageId, String> ids = new LinkedHashMap<>();
    for (Message message : messages(mailbox)) {
      ids.put(message.id(), message.folder() + " " + message.serverId());
    }
    return ids;
  }

  static List<Message> messages(Mailbox mailbox) {
    List<Message> messages = new ArrayList<>();
    for (Folder folder : mailbox.folders()) {
      messages.addAll(folder.newest(10_000));
    }
    return messages;
  }

  /** Of each folder the hashes and flags of its messages, in order. */
  static Map<String, List<String>> state(Mailbox mailbox) {
    Map<String, List<String>> state = new TreeMap<>();
    for (Folder folder : mailbox.folders()) {
      state.put(
          name(folder.path()),
          folder.newest(10_000).stream()
              .map(m -> line(Seen.hash(TestAccount.raw(m)), flags(m)))
              .sorted()
              .toList());
    }
    return state;
  }

  /** The same of the server, as the other client sees it. */
  static Map<String, List<String>> state(AngusClient angus) {
    Map<String, List<String>> state = new TreeMap<>();
    for (String name : angus.folders().keySet()) {
      state.put(
          name, angus.read(name).stream().map(m -> line(m.hash(), m.flags())).sorted().toList());
    }
    return state;
  }

  static Set<String> flags(Message message) {
    return message.flags().stream()
        .map(flag -> flag.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  static String name(FolderPath path) {
    return String.join("/", path.segments());
  }

  private static String line(String hash, Set<String> flags) {
    return hash + " " + flags.stream().sorted().toList();
  }
}

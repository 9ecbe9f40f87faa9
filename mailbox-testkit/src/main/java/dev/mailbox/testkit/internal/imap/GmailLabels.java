// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.internal.store.Account;
import dev.mailbox.testkit.internal.store.FlagChange;
import dev.mailbox.testkit.internal.store.Refusal;
import dev.mailbox.testkit.internal.store.StoredFolder;
import dev.mailbox.testkit.internal.store.StoredMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * X-GM-EXT-1, as Google describes it: labels are the folders in which a message lies, but for the
 * one that is selected and the one of all mail. A special use has a name of its own, which is not
 * that of RFC 6154 throughout.
 */
final class GmailLabels {
  private static final String ALL = "\\All";
  private static final Map<String, String> NAMES =
      Map.of("\\Flagged", "\\Starred", "\\Drafts", "\\Draft", "\\Junk", "\\Spam");

  private final Account account;
  private final StoredFolder selected;

  GmailLabels(SessionState session) throws Refusal {
    this.account = session.account();
    this.selected = session.view().folder();
  }

  /** What is told of a message, sorted. */
  Set<String> of(StoredMessage message) {
    Set<String> labels = new TreeSet<>();
    for (StoredFolder folder : account.folders()) {
      boolean other = folder != selected && !folder.attributes().contains(ALL);
      if (other && in(folder, message).isPresent()) {
        labels.add(label(folder));
      }
    }
    return labels;
  }

  /** Puts the message into the folders of these labels, or takes it out of them. */
  void change(StoredMessage message, FlagChange change, List<String> labels) throws Refusal {
    List<StoredFolder> named = new ArrayList<>();
    for (String label : labels) {
      named.add(folder(label));
    }
    if (change == FlagChange.REPLACE) {
      for (StoredFolder folder : account.folders()) {
        if (of(message).contains(label(folder)) && !named.contains(folder)) {
          remove(folder, message);
        }
      }
    }
    for (StoredFolder folder : named) {
      if (change == FlagChange.REMOVE) {
        remove(folder, message);
      } else if (in(folder, message).isEmpty()) {
        StoredMessage unused = account.add(folder, message.content(), message.flags());
      }
    }
  }

  /** Whether a search by Gmail's own syntax finds the message; only what tests need of it. */
  static boolean matches(String query, String subject, String from) {
    for (String term : query.toLowerCase(Locale.ROOT).split("\\s+(?![^(]*\\))", -1)) {
      int colon = term.indexOf(':');
      String wanted = term.substring(colon + 1).replaceAll("[()\"]", "");
      String text = term.startsWith("from:") ? from : subject;
      if (!text.toLowerCase(Locale.ROOT).contains(wanted)) {
        return false;
      }
    }
    return true;
  }

  private StoredFolder folder(String label) throws Refusal {
    for (StoredFolder folder : account.folders()) {
      if (label(folder).equalsIgnoreCase(label)) {
        return folder;
      }
    }
    if (label.startsWith("\\")) {
      throw Refusal.no("there is no such label");
    }
    return account.create(label);
  }

  private void remove(StoredFolder folder, StoredMessage message) {
    List<StoredMessage> unused =
        account.expunge(folder, m -> m.content().id() == message.content().id());
  }

  private static Optional<StoredMessage> in(StoredFolder folder, StoredMessage message) {
    return folder.messages().stream()
        .filter(m -> m.content().id() == message.content().id())
        .findFirst();
  }

  private static String label(StoredFolder folder) {
    if (folder.name().equals("INBOX")) {
      return "\\Inbox";
    }
    return folder.attributes().stream()
        .findFirst()
        .map(use -> NAMES.getOrDefault(use, use))
        .orElse(folder.name());
  }
}

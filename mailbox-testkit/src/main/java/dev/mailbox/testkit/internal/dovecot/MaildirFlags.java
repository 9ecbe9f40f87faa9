// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.dovecot;

import dev.mailbox.testkit.internal.process.MailUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Flags as letters behind a file's name; those of keywords are numbered in a file of the folder.
 */
final class MaildirFlags {
  private static final Map<Character, String> SYSTEM =
      Map.of('D', "\\Draft", 'F', "\\Flagged", 'R', "\\Answered", 'S', "\\Seen", 'T', "\\Deleted");
  private static final int MOST_KEYWORDS = 26;

  private final Path file;
  private final MailUser owner;

  MaildirFlags(Path folder, MailUser owner) {
    this.file = folder.resolve("dovecot-keywords");
    this.owner = owner;
  }

  /** The IMAP names of these letters. */
  Set<String> names(String letters) throws IOException {
    List<String> keywords = keywords();
    return letters
        .chars()
        .mapToObj(c -> name((char) c, keywords))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The letters for these IMAP names, sorted; a keyword that is new gets one. */
  String letters(Set<String> names) throws IOException {
    List<String> keywords = keywords();
    int known = keywords.size();
    String letters =
        names.stream()
            .map(name -> letter(name, keywords))
            .sorted()
            .map(String::valueOf)
            .collect(Collectors.joining());
    if (keywords.size() > known) {
      write(keywords);
    }
    return letters;
  }

  private static String name(char letter, List<String> keywords) {
    String system = SYSTEM.get(letter);
    int number = letter - 'a';
    return system != null
        ? system
        : number >= 0 && number < keywords.size() ? keywords.get(number) : "" + letter;
  }

  private static char letter(String name, List<String> keywords) {
    for (Map.Entry<Character, String> each : SYSTEM.entrySet()) {
      if (each.getValue().equalsIgnoreCase(name)) {
        return each.getKey();
      }
    }
    for (int i = 0; i < keywords.size(); i++) {
      if (keywords.get(i).equalsIgnoreCase(name)) {
        return (char) ('a' + i);
      }
    }
    if (name.startsWith("\\") || keywords.size() == MOST_KEYWORDS) {
      throw new IllegalArgumentException("no flag for a maildir: " + name);
    }
    keywords.add(name);
    return (char) ('a' + keywords.size() - 1);
  }

  /** Each line has a number, from 0 on, and a keyword. */
  private List<String> keywords() throws IOException {
    List<String> keywords = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        keywords.add(line.substring(line.indexOf(' ') + 1));
      }
    }
    return keywords;
  }

  private void write(List<String> keywords) throws IOException {
    var text = new StringBuilder();
    for (int i = 0; i < keywords.size(); i++) {
      text.append(i).append(' ').append(keywords.get(i)).append('\n');
    }
    Path next = Files.writeString(file.resolveSibling("dovecot-keywords.next"), text);
    owner.own(next);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}

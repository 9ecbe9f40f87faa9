// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.imap.ImapValue;
import dev.mailbox.testkit.internal.store.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The arguments of a command, taken one by one; one of the wrong kind is a violation. */
final class Arguments {
  private static final Map<String, String> SYSTEM_FLAGS =
      Map.of(
          "\\seen", "\\Seen",
          "\\answered", "\\Answered",
          "\\flagged", "\\Flagged",
          "\\deleted", "\\Deleted",
          "\\draft", "\\Draft");

  private static final String MOST = "" + Long.MAX_VALUE;

  private final List<ImapValue> values;
  private final boolean utf8;
  private int next;

  /** What a client said that has enabled UTF8=ACCEPT, or not. */
  Arguments(List<ImapValue> values, boolean utf8) {
    this.values = values;
    this.utf8 = utf8;
  }

  /** The same arguments from the first on. */
  Arguments again() {
    return new Arguments(values, utf8);
  }

  boolean hasNext() {
    return next < values.size();
  }

  ImapValue peek() throws Refusal {
    if (!hasNext()) {
      throw Refusal.violation("an argument is missing");
    }
    return values.get(next);
  }

  ImapValue take() throws Refusal {
    ImapValue value = peek();
    next++;
    return value;
  }

  void end() throws Refusal {
    if (hasNext()) {
      throw Refusal.violation("more arguments than are due: " + peek());
    }
  }

  boolean nextIsList() {
    return hasNext() && values.get(next) instanceof ImapValue.Listed;
  }

  boolean nextIsAtom(String word) {
    return hasNext()
        && values.get(next) instanceof ImapValue.Atom atom
        && atom.text().equalsIgnoreCase(word);
  }

  /** A string in any of its forms. */
  String string() throws Refusal {
    ImapValue value = take();
    if (value instanceof ImapValue.Atom atom && !CommandReader.isAstring(atom.text())) {
      throw Refusal.violation("a string that needs quotes: " + atom);
    }
    return listsAside(value).text();
  }

  /** A date, bare or in quotes. */
  String date() throws Refusal {
    if (peek() instanceof ImapValue.Literal) {
      throw Refusal.violation("a date is no literal");
    }
    return string();
  }

  /** The name of a folder, or a pattern of names. */
  String folderPattern() throws Refusal {
    return FolderNames.decode(pattern(), utf8);
  }

  /** All that is left, as names of folders. */
  List<String> folders() throws Refusal {
    List<String> names = new ArrayList<>();
    while (hasNext()) {
      ImapValue value = peek();
      boolean system = value instanceof ImapValue.Atom && value.text().startsWith("\\");
      names.add(system ? take().text() : folder());
    }
    return names;
  }

  private String pattern() throws Refusal {
    ImapValue value = take();
    if (value instanceof ImapValue.Atom atom
        && !CommandReader.isAstring(atom.text().replaceAll("[%*]", "x"))) {
      throw Refusal.violation("a pattern that needs quotes: " + atom);
    }
    return listsAside(value).text();
  }

  /** A string that is in quotes or a literal. */
  String strictString() throws Refusal {
    if (peek() instanceof ImapValue.Atom atom) {
      throw Refusal.violation("a string without quotes: " + atom);
    }
    return listsAside(take()).text();
  }

  String folder() throws Refusal {
    return FolderNames.decode(string(), utf8);
  }

  /** A word without quotes, in upper case. */
  String keyword() throws Refusal {
    if (take() instanceof ImapValue.Atom atom) {
      return atom.text().toUpperCase(Locale.ROOT);
    }
    throw Refusal.violation("a word is due");
  }

  long number() throws Refusal {
    String text = keyword();
    if (!text.matches("[0-9]{1,10}")) {
      throw Refusal.violation("no number: " + text);
    }
    return Long.parseLong(text);
  }

  /** A number of up to 63 bits. */
  long modSeq() throws Refusal {
    String text = keyword();
    if (!text.matches("[0-9]{1,19}") || (text.length() == 19 && text.compareTo(MOST) > 0)) {
      throw Refusal.violation("no mod-sequence: " + text);
    }
    return Long.parseLong(text);
  }

  SequenceSet set() throws Refusal {
    return SequenceSet.parse(keyword());
  }

  Arguments list() throws Refusal {
    if (take() instanceof ImapValue.Listed listed) {
      return new Arguments(listed.items(), utf8);
    }
    throw Refusal.violation("a list is due");
  }

  /** All that is left, as flags by their usual names. */
  List<String> flags() throws Refusal {
    List<String> flags = new ArrayList<>();
    while (hasNext()) {
      flags.add(flag(take()));
    }
    return flags;
  }

  /** A flag that is no flag of the system. */
  String flagKeyword() throws Refusal {
    if (peek().text().startsWith("\\")) {
      throw Refusal.violation("no keyword: " + peek());
    }
    return flag(take());
  }

  private static String flag(ImapValue value) throws Refusal {
    String text = value.text();
    String name = text.startsWith("\\") ? text.substring(1) : text;
    boolean word = value instanceof ImapValue.Atom && CommandReader.isAstring(name);
    if (!word || name.isEmpty() || name.contains("]")) {
      throw Refusal.violation("no flag: " + value);
    }
    if (!text.startsWith("\\")) {
      return text;
    }
    String known = SYSTEM_FLAGS.get(text.toLowerCase(Locale.ROOT));
    if (known == null) {
      throw Refusal.violation("no flag that can be set: " + text);
    }
    return known;
  }

  private static ImapValue listsAside(ImapValue value) throws Refusal {
    if (value instanceof ImapValue.Listed) {
      throw Refusal.violation("a string is due, not a list");
    }
    return value;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.imap;

import java.util.List;
import java.util.stream.Collectors;

/** One argument of a command, as its grammar has it (RFC 3501, section 4). Immutable. */
public sealed interface ImapValue {

  /** What it says: a string without its quotes, a list as it is written. */
  String text();

  /**
   * A word without quotes: an atom, a flag, a number, a set of numbers, a date item or a pattern.
   *
   * @param text the word
   */
  record Atom(String text) implements ImapValue {
    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * A string in quotes.
   *
   * @param text what was quoted
   */
  record Quoted(String text) implements ImapValue {
    @Override
    public String toString() {
      return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
  }

  /**
   * A literal. Of one of more than 65,536 bytes, servers that keep commands keep the first so many.
   *
   * @param text its bytes, one char for each, or the first of them
   * @param size how many bytes it had
   * @param synchronizing whether the client waited for the server's consent
   */
  record Literal(String text, long size, boolean synchronizing) implements ImapValue {
    /** One that is there as a whole. */
    public Literal(String text, boolean synchronizing) {
      this(text, text.length(), synchronizing);
    }

    @Override
    public String toString() {
      return "{" + size + (synchronizing ? "}" : "+}") + text;
    }
  }

  /**
   * A list in parentheses.
   *
   * @param items what is in it
   */
  record Listed(List<ImapValue> items) implements ImapValue {
    /** Copies the list. */
    public Listed {
      items = List.copyOf(items);
    }

    @Override
    public String text() {
      return items.stream().map(ImapValue::toString).collect(Collectors.joining(" ", "(", ")"));
    }

    @Override
    public String toString() {
      return text();
    }
  }
}

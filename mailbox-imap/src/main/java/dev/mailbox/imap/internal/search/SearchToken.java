// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.search;

import dev.mailbox.Flag;
import dev.mailbox.imap.internal.grammar.ImapDate;
import dev.mailbox.wire.Command;
import java.time.LocalDate;

/** A part of a SEARCH command. */
sealed interface SearchToken {
  /** Adds it to a command. */
  void appendTo(Command.Builder command);

  /** As it is shown; text in quotation marks, also where it goes as a literal. */
  String shown();

  /** Whether it is outside of ASCII. */
  default boolean needsUtf8() {
    return false;
  }

  /** A word of the protocol. */
  record Word(String word) implements SearchToken {
    @Override
    public void appendTo(Command.Builder command) {
      command.keyword(word);
    }

    @Override
    public String shown() {
      return word;
    }
  }

  /** Text to look for, or the name of a header field. */
  record Text(String text) implements SearchToken {
    @Override
    public void appendTo(Command.Builder command) {
      command.string("text", text);
    }

    @Override
    public String shown() {
      return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    public boolean needsUtf8() {
      return text.chars().anyMatch(c -> c > '\u007f');
    }
  }

  /** A size. */
  record Bytes(long count) implements SearchToken {
    @Override
    public void appendTo(Command.Builder command) {
      command.number(count);
    }

    @Override
    public String shown() {
      return Long.toString(count);
    }
  }

  /** A keyword of a message. */
  record Keyword(Flag flag) implements SearchToken {
    @Override
    public void appendTo(Command.Builder command) {
      command.flag("flag", flag.name());
    }

    @Override
    public String shown() {
      return flag.name();
    }
  }

  /** A day. */
  record Day(LocalDate date) implements SearchToken {
    @Override
    public void appendTo(Command.Builder command) {
      command.atom("date", ImapDate.date(date));
    }

    @Override
    public String shown() {
      return ImapDate.date(date);
    }
  }

  /** The beginning of a list of keys that stands for one. */
  record Open() implements SearchToken {
    @Override
    public void appendTo(Command.Builder command) {
      command.open();
    }

    @Override
    public String shown() {
      return "(";
    }
  }

  /** The end of a list. */
  record Close() implements SearchToken {
    @Override
    public void appendTo(Command.Builder command) {
      command.close();
    }

    @Override
    public String shown() {
      return ")";
    }
  }
}

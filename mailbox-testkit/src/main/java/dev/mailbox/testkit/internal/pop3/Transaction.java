// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.pop3;

import dev.mailbox.testkit.internal.store.Account;
import dev.mailbox.testkit.internal.store.StoredMessage;
import dev.mailbox.testkit.internal.words.Pop3Phrase;
import dev.mailbox.testkit.script.ScriptedConnection;
import java.time.Duration;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The commands after login (RFC 1939, section 5) on the maildrop as it was then. */
final class Transaction {
  private final Pop3Engine server;
  private final ScriptedConnection connection;
  private final BitSet deleted = new BitSet();
  private final BitSet retrieved = new BitSet();
  private List<StoredMessage> messages = List.of();
  private @Nullable Account account;
  private boolean locks;

  Transaction(Pop3Engine server, ScriptedConnection connection) {
    this.server = server;
    this.connection = connection;
  }

  boolean begin(Account owner, Duration patience) {
    locks = server.locksMaildrops();
    if (locks && !owner.maildrop().lock(patience)) {
      return false;
    }
    account = owner;
    messages = owner.locked(() -> List.copyOf(owner.inbox().messages()));
    return true;
  }

  boolean isOpen() {
    return account != null;
  }

  /** Whose it is, if anyone has logged in. */
  @Nullable Account account() {
    return account;
  }

  /** Whose it is; empty before login. */
  String user() {
    Account own = account;
    return own == null ? "" : own.user();
  }

  int size() {
    return messages.size();
  }

  Reply execute(String verb, String argument) {
    return switch (verb) {
      case "STAT" -> Reply.ok(present().count() + " " + octets());
      case "LIST" -> listing(argument, this::size, Pop3Phrase.LISTING);
      case "UIDL" -> listing(argument, this::uidl, Pop3Phrase.UIDS);
      case "RETR" -> {
        retrieved.set(number(argument)); // 0 is none's
        yield retrieve(argument, DotStuffing.ALL_LINES, Pop3Phrase.MESSAGE);
      }
      case "TOP" -> top(argument.split(" "));
      case "DELE" -> delete(argument);
      case "RSET" -> {
        deleted.clear();
        yield Reply.ok(says(Pop3Phrase.RESET));
      }
      case "NOOP" -> Reply.ok(says(Pop3Phrase.NOTHING_DONE));
      case "CAPA" -> capabilities(connection, false);
      case "LANG", "UTF8" -> languages(verb, argument);
      case "USER", "PASS", "APOP", "AUTH", "STLS" -> Reply.violation("you are logged in");
      default -> unknown(verb);
    };
  }

  private Reply unknown(String verb) {
    return Reply.error(server.wording().say(Pop3Phrase.UNKNOWN_COMMAND, "command", verb));
  }

  private String says(Pop3Phrase phrase) {
    return server.wording().of(phrase);
  }

  Reply capabilities(ScriptedConnection connection, boolean beforeLogin) {
    var lines = new StringBuilder();
    boolean awaitsTls = server.awaitsTls(connection);
    server.capabilities(beforeLogin).stream()
        .filter(line -> !(awaitsTls && line.equals("USER")))
        .filter(line -> !(server.deletesRetrieved() && line.startsWith("EXPIRE ")))
        .forEach(line -> lines.append(line).append("\r\n"));
    if (server.deletesRetrieved()) {
      lines.append("EXPIRE 0\r\n");
    }
    if (beforeLogin && !awaitsTls && !server.lacks("AUTH") && !server.mechanisms().isEmpty()) {
      lines.append("SASL ").append(String.join(" ", server.mechanisms())).append("\r\n");
    }
    if (beforeLogin && !connection.isTls() && server.stls() != null && !server.lacks("STLS")) {
      lines.append("STLS\r\n");
    }
    return Reply.lines(says(Pop3Phrase.CAPABILITIES), lines);
  }

  /** The UPDATE state (RFC 1939, section 6): removes what was marked, then lets the next in. */
  void commit() {
    Account own = account;
    if (own != null) {
      Set<StoredMessage> gone = Collections.newSetFromMap(new IdentityHashMap<>());
      deleted.stream().forEach(index -> gone.add(messages.get(index)));
      if (server.deletesRetrieved()) {
        retrieved.stream().skip(retrieved.get(0) ? 1 : 0).forEach(n -> gone.add(message(n)));
      }
      own.locked(() -> own.inbox().removeIf(gone::contains));
      end();
    }
  }

  /** Lets the next session in; what was marked stays. */
  void end() {
    Account own = account;
    if (own != null) {
      account = null;
      if (locks) {
        own.maildrop().unlock();
      }
    }
  }

  /** RFC 6856: what is said in what language and encoding. */
  Reply languages(String verb, String argument) {
    if (!server.capabilities(true).contains(verb)) {
      return unknown(verb);
    }
    if (verb.equals("UTF8")) {
      return isOpen()
          ? Reply.violation("UTF8 comes before the login")
          : Reply.ok("UTF-8 from here on");
    }
    if (argument.isEmpty()) {
      return Reply.lines("languages", "en English\r\n");
    }
    return argument.matches("(?i)en|\\*|i-default")
        ? Reply.ok(
            argument.equals("*") || argument.equalsIgnoreCase("i-default")
                ? "i-default as before"
                : "en English it is")
        : Reply.error("no such language");
  }

  private Reply listing(String argument, IntFunction<Object> value, Pop3Phrase phrase) {
    IntFunction<String> line = number -> number + " " + value.apply(number);
    if (!argument.isEmpty()) {
      int number = number(argument);
      return number == 0 ? noSuchMessage(argument) : Reply.ok(line.apply(number));
    }
    var lines = new StringBuilder();
    present().forEach(number -> lines.append(line.apply(number)).append("\r\n"));
    Map<String, String> known = Map.of("count", "" + present().count(), "size", "" + octets());
    return Reply.lines(server.wording().say(phrase, known), lines);
  }

  private Reply top(String[] arguments) {
    if (arguments.length != 2 || !arguments[1].matches("[0-9]{1,9}")) {
      return Reply.violation("TOP takes a message and a number of lines");
    }
    return retrieve(arguments[0], Long.parseLong(arguments[1]), Pop3Phrase.HEADER);
  }

  private Reply retrieve(String argument, long bodyLines, Pop3Phrase phrase) {
    int number = number(argument);
    if (number == 0) {
      return noSuchMessage(argument);
    }
    String text = server.wording().say(phrase, "size", size(number));
    return Reply.message(text, message(number).source(), bodyLines);
  }

  private Reply delete(String argument) {
    int number = number(argument);
    if (number == 0) {
      return noSuchMessage(argument);
    }
    deleted.set(number - 1);
    return Reply.ok(says(Pop3Phrase.DELETED));
  }

  /** A number of a message that is here and not deleted, else 0. */
  private int number(String argument) {
    if (!argument.matches("[0-9]{1,9}")) {
      return 0;
    }
    int number = Integer.parseInt(argument);
    return number >= 1 && number <= messages.size() && !deleted.get(number - 1) ? number : 0;
  }

  private IntStream present() {
    return IntStream.rangeClosed(1, messages.size()).filter(n -> !deleted.get(n - 1));
  }

  private long octets() {
    return present().mapToLong(this::size).sum();
  }

  private long size(int number) {
    return message(number).content().size();
  }

  private String uidl(int number) {
    Account own = account;
    return own == null ? "" : own.read(() -> server.uidl(own, message(number)));
  }

  private StoredMessage message(int number) {
    return messages.get(number - 1);
  }

  private Reply noSuchMessage(String argument) {
    return argument.matches("[0-9]+")
        ? Reply.error(server.wording().say(Pop3Phrase.NO_SUCH_MESSAGE, "number", argument))
        : Reply.violation("the number of a message is due");
  }
}

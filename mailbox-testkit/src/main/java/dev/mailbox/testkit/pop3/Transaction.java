// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.pop3;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The commands after login (RFC 1939, section 5) on the maildrop as it was then. */
final class Transaction {
  private final ScriptedPop3 server;
  private final BitSet deleted = new BitSet();
  private List<Pop3Message> messages = List.of();
  private boolean open;

  Transaction(ScriptedPop3 server) {
    this.server = server;
  }

  boolean begin(Duration patience) {
    open = server.maildrop().lock(patience);
    if (open) {
      messages = server.maildrop().snapshot();
    }
    return open;
  }

  boolean isOpen() {
    return open;
  }

  int size() {
    return messages.size();
  }

  Reply execute(String verb, String argument) {
    return switch (verb) {
      case "STAT" -> Reply.ok(present().count() + " " + octets());
      case "LIST" -> listing(argument, number -> number + " " + message(number).listedSize());
      case "UIDL" -> listing(argument, number -> number + " " + message(number).uidl());
      case "RETR" -> retrieve(argument, DotStuffing.ALL_LINES);
      case "TOP" -> top(argument.split(" "));
      case "DELE" -> delete(argument);
      case "RSET" -> {
        deleted.clear();
        yield Reply.ok("nothing is deleted");
      }
      case "NOOP" -> Reply.ok("");
      case "CAPA" -> capabilities(false);
      default -> Reply.error("unknown command");
    };
  }

  Reply capabilities(boolean clearText) {
    var lines = new StringBuilder();
    server.capabilities().forEach(line -> lines.append(line).append("\r\n"));
    if (!server.lacks("AUTH")) {
      lines.append("SASL ").append(server.login().mechanisms()).append("\r\n");
    }
    if (clearText && server.stls() != null && !server.lacks("STLS")) {
      lines.append("STLS\r\n");
    }
    return Reply.lines("capabilities", lines);
  }

  /** The UPDATE state (RFC 1939, section 6): removes what was marked, then lets the next in. */
  void commit() {
    server.maildrop().removeAll(deleted.stream().mapToObj(messages::get).toList());
    end();
  }

  /** Lets the next session in; what was marked stays. */
  void end() {
    if (open) {
      open = false;
      server.maildrop().unlock();
    }
  }

  private Reply listing(String argument, IntFunction<String> line) {
    if (!argument.isEmpty()) {
      int number = number(argument);
      return number == 0 ? noSuchMessage() : Reply.ok(line.apply(number));
    }
    var lines = new StringBuilder();
    present().forEach(number -> lines.append(line.apply(number)).append("\r\n"));
    return Reply.lines(present().count() + " messages", lines);
  }

  private Reply top(String[] arguments) {
    if (arguments.length != 2 || !arguments[1].matches("[0-9]{1,9}")) {
      return Reply.error("TOP takes a message and a number of lines");
    }
    return retrieve(arguments[0], Long.parseLong(arguments[1]));
  }

  private Reply retrieve(String argument, long bodyLines) {
    int number = number(argument);
    return number == 0 ? noSuchMessage() : Reply.message(message(number).source(), bodyLines);
  }

  private Reply delete(String argument) {
    int number = number(argument);
    if (number == 0) {
      return noSuchMessage();
    }
    deleted.set(number - 1);
    return Reply.ok("deleted when you QUIT");
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
    return present().mapToLong(n -> message(n).listedSize()).sum();
  }

  private Pop3Message message(int number) {
    return messages.get(number - 1);
  }

  private static Reply noSuchMessage() {
    return Reply.error("no such message");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.assertj;

import dev.mailbox.testkit.FakeImap;
import dev.mailbox.testkit.FakePop3;
import dev.mailbox.testkit.imap.ImapCommand;
import dev.mailbox.testkit.internal.transcript.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What clients said, command by command, to look for commands in it. A command is wanted by its
 * name, with arguments or without: what was said begins with it, case apart. Immutable.
 */
final class Commands {
  private static final int MOST_TOLD = 50;

  private final List<Said> all;

  /** A command, and what of it may be told. */
  private record Said(String text, String shown) {
    boolean is(String wanted) {
      String said = text.toUpperCase(Locale.ROOT);
      String name = wanted.toUpperCase(Locale.ROOT);
      return said.equals(name) || said.startsWith(name + " ");
    }
  }

  private Commands(List<Said> all) {
    this.all = all;
  }

  static Commands of(List<ImapCommand> commands) {
    return new Commands(commands.stream().map(c -> new Said(c.text(), c.toString())).toList());
  }

  static Commands of(FakeImap side) {
    return of(side.commands());
  }

  static Commands of(FakePop3 side) {
    var redaction = new Redaction();
    return new Commands(
        side.commands().stream().map(c -> new Said(c, redaction.clientLine(c))).toList());
  }

  Commands and(Commands others) {
    return new Commands(Stream.concat(all.stream(), others.all.stream()).toList());
  }

  long count(String wanted) {
    return all.stream().filter(said -> said.is(wanted)).count();
  }

  /** The first that is not found behind those before it. */
  Optional<String> missing(String... inOrder) {
    int at = 0;
    for (String wanted : inOrder) {
      while (at < all.size() && !all.get(at).is(wanted)) {
        at++;
      }
      if (at == all.size()) {
        return Optional.of(wanted);
      }
      at++;
    }
    return Optional.empty();
  }

  /** For a failure: the last ones, without secrets. */
  @Override
  public String toString() {
    if (all.isEmpty()) {
      return "clients said nothing";
    }
    List<String> lines = new ArrayList<>();
    int before = Math.max(0, all.size() - MOST_TOLD);
    lines.add(before == 0 ? "clients said:" : "clients said, behind " + before + " others:");
    all.stream().skip(before).forEach(said -> lines.add("  " + said.shown));
    return String.join("\n", lines);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import dev.mailbox.Flag;
import dev.mailbox.Mailbox;
import dev.mailbox.MessageActions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "mark", description = "Sets and clears flags of messages.")
final class MarkCommand extends ActionCommand {
  @Option(names = "--read", description = "Marks as read.")
  private boolean read;

  @Option(names = "--unread", description = "Marks as unread.")
  private boolean unread;

  @Option(names = "--flag", description = "Marks as important.")
  private boolean flag;

  @Option(names = "--unflag", description = "Marks as not important.")
  private boolean unflag;

  @Option(
      names = "--set",
      paramLabel = "FLAG",
      description = {
        "Sets answered, draft, forwarded, junk, not-junk,",
        "or a keyword of your own. May be repeated."
      })
  private List<String> set = List.of();

  @Option(names = "--clear", paramLabel = "FLAG", description = "Clears it. May be repeated.")
  private List<String> clear = List.of();

  MarkCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  String word() {
    return "marked";
  }

  @Override
  void check() {
    Set<Flag> wanted = toSet();
    if (wanted.isEmpty() && toClear().isEmpty()) {
      throw CommandException.usage("mark as what? say --read, --flag, --set or another option");
    }
    if (!Collections.disjoint(wanted, toClear())) {
      throw CommandException.usage("a flag cannot be set and cleared at once");
    }
  }

  private Set<Flag> toSet() {
    return flags(set, read, flag);
  }

  private Set<Flag> toClear() {
    return flags(clear, unread, unflag);
  }

  private static Set<Flag> flags(List<String> names, boolean seen, boolean flagged) {
    Set<Flag> flags = new HashSet<>(FlagNames.parse(names));
    if (seen) {
      flags.add(Flag.SEEN);
    }
    if (flagged) {
      flags.add(Flag.FLAGGED);
    }
    return flags;
  }

  @Override
  OutcomeView act(Mailbox mailbox, MessageActions messages) {
    OutcomeView outcome = OutcomeView.HERE;
    List<Flag> wanted = new ArrayList<>(toSet());
    if (!wanted.isEmpty()) {
      Flag first = wanted.remove(0);
      outcome = OutcomeView.of(messages.mark(first, wanted.toArray(Flag[]::new)));
    }
    List<Flag> unwanted = new ArrayList<>(toClear());
    if (!unwanted.isEmpty()) {
      Flag first = unwanted.remove(0);
      outcome = outcome.and(OutcomeView.of(messages.unmark(first, unwanted.toArray(Flag[]::new))));
    }
    return outcome;
  }
}

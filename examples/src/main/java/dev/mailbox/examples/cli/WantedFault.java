// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.FakeSide;
import dev.mailbox.testkit.fault.Faults;
import dev.mailbox.testkit.fault.NamedFault;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A fault of either protocol, or of both, by its name, and how often it happens. */
final class WantedFault {
  private static final Pattern TEXT = Pattern.compile("([a-z0-9-]+)(?::([1-9][0-9]{0,8}))?");

  private final List<NamedFault> imap;
  private final List<NamedFault> pop3;
  private final int times;

  private WantedFault(List<NamedFault> imap, List<NamedFault> pop3, int times) {
    this.imap = imap;
    this.pop3 = pop3;
    this.times = times;
  }

  static WantedFault of(String text, long seed) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw CommandException.usage("not a fault's NAME[:N]: " + text);
    }
    List<NamedFault> imap = named(Faults.imap(seed), matcher.group(1));
    List<NamedFault> pop3 = named(Faults.pop3(seed), matcher.group(1));
    if (imap.isEmpty() && pop3.isEmpty()) {
      throw CommandException.usage("there is no fault " + matcher.group(1));
    }
    String times = matcher.group(2);
    return new WantedFault(imap, pop3, times == null ? Integer.MAX_VALUE : Integer.parseInt(times));
  }

  private static List<NamedFault> named(List<NamedFault> all, String name) {
    return all.stream().filter(fault -> fault.name().equals(name)).toList();
  }

  /** Its name, if clients have not met it yet. */
  Optional<String> unmetBy(FakeMailServer server) {
    return isUnmet(imap, server.imap()) && isUnmet(pop3, server.pop3())
        ? Stream.of(imap, pop3).flatMap(List::stream).map(NamedFault::name).findFirst()
        : Optional.empty();
  }

  private static boolean isUnmet(List<NamedFault> faults, FakeSide<?> side) {
    return faults.stream().allMatch(fault -> side.unused().contains(fault.name()));
  }

  void addTo(FakeMailServer server) {
    imap.forEach(fault -> server.imap().on(fault).first(times).meet(fault.fault()));
    pop3.forEach(fault -> server.pop3().on(fault).first(times).meet(fault.fault()));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.pop3;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a server offers. Immutable.
 *
 * @param capabilities the lines of CAPA, but for SASL and STLS
 * @param afterLogin those once the client has logged in; null for the same
 * @param missing the commands and lines that were taken away, in upper case
 */
record Offer(
    List<String> capabilities,
    @Nullable List<String> afterLogin,
    List<String> mechanisms,
    Set<String> missing) {

  /** That of a server that was told nothing. */
  static final Offer PLAIN =
      new Offer(
          List.of("TOP", "UIDL", "USER", "PIPELINING", "RESP-CODES", "AUTH-RESP-CODE"),
          null,
          List.of("PLAIN", "LOGIN"),
          Set.of());

  private static final Set<String> COMMANDS =
      Set.of(
          "CAPA", "USER", "PASS", "AUTH", "STAT", "LIST", "UIDL", "RETR", "TOP", "DELE", "RSET",
          "NOOP", "QUIT");

  /** Lists these, and brings back what they name; USER stands for PASS too (RFC 2449, 6.3). */
  Offer listing(List<String> lines) {
    return new Offer(List.copyOf(lines), null, mechanisms, missingBut(verbs(lines)));
  }

  Offer listingAfterLogin(List<String> lines) {
    return new Offer(capabilities, List.copyOf(lines), mechanisms, missingBut(verbs(lines)));
  }

  /** Brings back what was taken away. */
  Offer with(String name) {
    return new Offer(capabilities, afterLogin, mechanisms, missingBut(Set.of(name)));
  }

  /** Offers these, and AUTH with them where it was taken away. */
  Offer withMechanisms(List<String> names) {
    Set<String> back =
        names.isEmpty()
            ? Set.of()
            : Stream.concat(Stream.of("AUTH", "SASL"), names.stream().map(m -> "AUTH=" + m))
                .collect(Collectors.toSet());
    return new Offer(capabilities, afterLogin, List.copyOf(names), missingBut(back));
  }

  /** The same but for these, of which each must be offered, or gone already. */
  Offer without(List<String> names, Predicate<String> offeredToo) {
    Offer left = this;
    for (String name : names) {
      left = left.without(name, offeredToo);
    }
    return left;
  }

  private Offer without(String each, Predicate<String> offeredToo) {
    String name = each.toUpperCase(Locale.ROOT);
    List<String> left = mechanisms.stream().filter(m -> !isMechanism(m, name)).toList();
    boolean offered =
        COMMANDS.contains(name)
            || left.size() < mechanisms.size()
            || verbs(lines(true)).contains(name)
            || verbs(lines(false)).contains(name)
            || offeredToo.test(name);
    if (!offered && !lacks(name)) {
      List<String> listed = lines(true).stream().filter(line -> !lacks(verb(line))).toList();
      throw new IllegalArgumentException(
          each + " is not offered, but " + listed + " and mechanisms " + mechanisms);
    }
    Set<String> more = new HashSet<>(missing);
    more.add(name);
    return new Offer(capabilities, afterLogin, left, Set.copyOf(more));
  }

  private static boolean isMechanism(String mechanism, String name) {
    return name.equals("SASL") || ("AUTH=" + mechanism).equalsIgnoreCase(name);
  }

  boolean lacks(String name) {
    return missing.contains(name.toUpperCase(Locale.ROOT));
  }

  /** The lines of that time, those that were taken away too. */
  List<String> lines(boolean beforeLogin) {
    List<String> later = afterLogin;
    return beforeLogin || later == null ? capabilities : later;
  }

  static String verb(String line) {
    return line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
  }

  private static Set<String> verbs(List<String> lines) {
    Set<String> verbs = lines.stream().map(Offer::verb).collect(Collectors.toSet());
    if (verbs.contains("USER")) {
      verbs.add("PASS");
    }
    return verbs;
  }

  private Set<String> missingBut(Set<String> back) {
    return missing.stream()
        .filter(name -> !back.contains(name))
        .collect(Collectors.toUnmodifiableSet());
  }
}

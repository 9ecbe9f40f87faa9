// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.wire.Slice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server says that it can do (RFC 2449).
 *
 * @param known whether it answered CAPA at all
 * @param lines its lines in its order
 */
record Capabilities(boolean known, List<String> lines) {
  /** Of a server that does not know CAPA. */
  static final Capabilities UNKNOWN = new Capabilities(false, List.of());

  private static final Pattern LOGIN_DELAY =
      Pattern.compile("LOGIN-DELAY ([0-9]{1,6})(?: .*)?", Pattern.CASE_INSENSITIVE);

  private static final Duration LONGEST_DELAY = Duration.ofHours(1);
  private static final int MOST_LINES = 200;
  private static final int LONGEST_LINE = 500;

  Capabilities {
    lines = List.copyOf(lines);
  }

  /** Gathers the lines of a reply. */
  static final class Reader {
    private final List<String> lines = new ArrayList<>();

    void line(Slice line) {
      if (lines.size() < MOST_LINES && line.length() <= LONGEST_LINE) {
        lines.add(line.text().replaceAll("[^ -~]", "?"));
      }
    }

    Capabilities done() {
      return new Capabilities(true, lines);
    }
  }

  /** Whether it says that it can. */
  boolean offers(String capability) {
    return lines.stream().anyMatch(line -> firstWord(line).equals(capability));
  }

  /** Whether it can, or did not say. */
  boolean mayOffer(String capability) {
    return !known || offers(capability);
  }

  /** Whether it says that it has mechanisms for AUTH. */
  boolean offersSasl() {
    return offers("SASL");
  }

  /** Whether it offers this mechanism for AUTH. */
  boolean offersMechanism(String name) {
    return lines.stream()
        .filter(line -> firstWord(line).equals("SASL"))
        .anyMatch(line -> List.of(line.toUpperCase(Locale.ROOT).split(" +")).contains(name));
  }

  /**
   * Whether it may delete what was retrieved when a session ends by QUIT ({@code EXPIRE 0}, RFC
   * 2449 section 6.7).
   */
  boolean deletesRetrieved() {
    return lines.stream()
        .map(line -> line.toUpperCase(Locale.ROOT))
        .anyMatch(line -> line.equals("EXPIRE 0") || line.startsWith("EXPIRE 0 "));
  }

  /**
   * How long it wants to be left alone between two logins (RFC 2449 section 6.5), but an hour at
   * most: a server that says days must not stop a watch for days.
   */
  Duration loginDelay() {
    return lines.stream()
        .map(LOGIN_DELAY::matcher)
        .filter(Matcher::matches)
        .map(line -> Duration.ofSeconds(Long.parseLong(line.group(1))))
        .map(delay -> delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY)
        .findFirst()
        .orElse(Duration.ZERO);
  }

  private static String firstWord(String line) {
    int space = line.indexOf(' ');
    return (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
  }
}

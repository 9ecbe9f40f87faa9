// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.wire.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a server says that it can do (RFC 2449).
 *
 * @param known whether it answered CAPA at all
 * @param lines its lines in its order
 */
record Capabilities(boolean known, List<String> lines) {
  /** Of a server that does not know CAPA. */
  static final Capabilities UNKNOWN = new Capabilities(false, List.of());

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

  private static String firstWord(String line) {
    int space = line.indexOf(' ');
    return (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
  }
}

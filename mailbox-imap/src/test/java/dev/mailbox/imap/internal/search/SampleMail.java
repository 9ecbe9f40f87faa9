// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.search;

import dev.mailbox.Flag;
import dev.mailbox.search.Query;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** A message as the copy sees it, and as a server does: folded, quoted, and dated in its zone. */
final class SampleMail {
  static final Flag WORK = Flag.keyword("$Work");
  static final List<Flag> FLAGS = List.of(Flag.SEEN, Flag.ANSWERED, Flag.FLAGGED, Flag.DRAFT, WORK);
  static final List<String> WORDS =
      List.of(
          "Ann", "Lee", "lee", "J.", "billing", "Müller", "o'neil", "x", "[dev]", "a-b", "2024");
  static final Instant START = Instant.parse("2024-02-27T00:00:00Z");

  final Set<Flag> flags = new HashSet<>();
  final long size;
  final Instant received;
  final ZoneOffset serverZone;
  final Optional<OffsetDateTime> sent;

  /** Values of fields by their names, addresses one by one, as they are shown. */
  final Map<String, List<String>> shown = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  /** Fields as they stand in the header. */
  final Map<String, String> raw = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  final List<String> bodyWords = new ArrayList<>();
  final String body;

  private final Random random;

  SampleMail(Random random) {
    this.random = random;
    FLAGS.stream().filter(flag -> random.nextBoolean()).forEach(flags::add);
    size = random.nextInt(6);
    received = instant(random);
    serverZone = ZoneOffset.ofTotalSeconds(900 * (random.nextInt(105) - 48));
    ZoneOffset zone = ZoneOffset.ofTotalSeconds(900 * (random.nextInt(145) - 72));
    sent = random.nextInt(5) == 0 ? Optional.empty() : Optional.of(instant(random).atOffset(zone));
    for (String name : List.of("From", "To", "Cc", "Bcc")) {
      addresses(name);
    }
    text("Subject");
    if (random.nextBoolean()) {
      text("X-Tag");
    }
    String id = "<" + word(random) + "@example.org>";
    shown.put("Message-ID", List.of(id));
    raw.put("Message-ID", id);
    body = body();
  }

  static String word(Random random) {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  static Instant instant(Random random) {
    return START.plusSeconds(random.nextInt(6 * 86_400)).plusNanos(random.nextInt(2));
  }

  private String space() {
    return random.nextInt(3) == 0 ? "\r\n\t" : " ";
  }

  private void text(String name) {
    String first = word(random);
    String second = word(random);
    shown.put(name, List.of(first + " " + second));
    raw.put(name, first + space() + second);
  }

  private void addresses(String name) {
    List<String> all = new ArrayList<>();
    List<String> written = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      String local = word(random).toLowerCase(Locale.ROOT);
      String at = random.nextInt(4) == 0 ? " @ " : "@";
      if (random.nextBoolean()) {
        all.add(local + "@example.org");
        written.add(local + at + "example.org");
      } else {
        String first = word(random);
        String last = word(random);
        all.add(last + ", " + first + " <" + local + "@example.org>");
        written.add(
            '"'
                + last
                + "\\,"
                + space()
                + first
                + '"'
                + space()
                + '<'
                + local
                + at
                + "example.org>");
      }
    }
    if (!all.isEmpty()) {
      shown.put(name, all);
      raw.put(name, String.join("," + space(), written));
    }
  }

  private String body() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      String word = List.of("alpha", "beta", "Gamma", "größe", "42").get(random.nextInt(5));
      bodyWords.add(word.toLowerCase(Locale.ROOT));
      text.append(word).append(List.of(" ", ", ", "\r\n", "-", " (").get(random.nextInt(5)));
    }
    return text.toString();
  }

  /** Whether the query matches by the rules of the copy. */
  boolean matches(Query query) {
    if (query instanceof Query.And and) {
      return and.queries().stream().allMatch(this::matches);
    } else if (query instanceof Query.Or or) {
      return or.queries().stream().anyMatch(this::matches);
    } else if (query instanceof Query.Not not) {
      return !matches(not.query());
    } else if (query instanceof Query.HasFlag has) {
      return flags.contains(has.flag());
    } else if (query instanceof Query.Size bounds) {
      return size >= bounds.atLeast() && size <= bounds.atMost();
    } else if (query instanceof Query.Received span) {
      return within(received, span.from(), span.until());
    } else if (query instanceof Query.Sent span) {
      return sent.filter(at -> within(at.toInstant(), span.from(), span.until())).isPresent();
    } else if (query instanceof Query.InText words) {
      return hasWords(words.words());
    }
    return matchesText(query);
  }

  private static boolean within(Instant at, Instant from, Instant until) {
    return !at.isBefore(from) && at.isBefore(until);
  }

  private boolean matchesText(Query query) {
    if (query instanceof Query.InHeader in) {
      // The field as it stands there, but for its folds.
      return Optional.ofNullable(raw.get(in.name())).stream()
          .anyMatch(value -> contains(value.replaceAll("\r\n\t", " "), in.text()));
    } else if (query instanceof Query.InEnvelope in) {
      return switch (in.field()) {
        case FROM -> has("From", in.text());
        case TO -> has("To", in.text());
        case CC -> has("Cc", in.text());
        case RECIPIENT -> has("To", in.text()) || has("Cc", in.text()) || has("Bcc", in.text());
        case SUBJECT -> has("Subject", in.text());
        case MESSAGE_ID -> has("Message-ID", in.text());
      };
    }
    return true;
  }

  private boolean has(String field, String text) {
    return shown.getOrDefault(field, List.of()).stream().anyMatch(value -> contains(value, text));
  }

  private static boolean contains(String value, String text) {
    return value.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
  }

  private boolean hasWords(String words) {
    String line = " " + String.join(" ", bodyWords);
    String phrase = words.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    return !phrase.isEmpty() && line.contains(" " + phrase);
  }
}

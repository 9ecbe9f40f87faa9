// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.search;

import dev.mailbox.Flag;
import dev.mailbox.content.Address;
import dev.mailbox.search.Query;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A message as a server has it, with days in zones of its own and addresses in any of their forms,
 * and what the local copy makes of it.
 *
 * @param people the addresses by field
 * @param texts other fields, such as the subject
 */
record SampleMail(
    Set<Flag> flags,
    Map<String, List<Address>> people,
    Map<String, String> texts,
    String body,
    OffsetDateTime received,
    Optional<OffsetDateTime> sent,
    long size) {

  boolean hasFlag(String name) {
    return flags.contains(new Flag(name));
  }

  LocalDate dayReceived() {
    return received.toLocalDate();
  }

  Optional<LocalDate> daySent() {
    return sent.map(OffsetDateTime::toLocalDate);
  }

  /** A field of the header as it was written, if it is there. */
  Optional<String> field(String name) {
    String key = name.toUpperCase(Locale.ROOT);
    List<Address> addresses = people.getOrDefault(key, List.of());
    return addresses.isEmpty()
        ? Optional.ofNullable(texts.get(key))
        : Optional.of(addresses.stream().map(this::written).collect(Collectors.joining(",\r\n ")));
  }

  private String written(Address a) {
    return switch ((int) (size % 3)) {
      case 0 -> a.toString();
      case 1 -> a.name().isEmpty() ? "<" + a.address() + ">" : a.address() + " (" + a.name() + ")";
      default -> "\"" + a.name().replace(" ", "  ") + "\"\t<" + a.address() + ">";
    };
  }

  /** All of the message. */
  String source() {
    String header =
        people.keySet().stream()
            .flatMap(f -> field(f).stream())
            .collect(Collectors.joining("\r\n"));
    return header + "\r\n" + String.join("\r\n", texts.values()) + "\r\n\r\n" + body;
  }

  /** Whether the local copy says that it matches. */
  boolean matches(Query query) {
    if (query instanceof Query.And and) {
      return and.queries().stream().allMatch(this::matches);
    } else if (query instanceof Query.Or or) {
      return or.queries().stream().anyMatch(this::matches);
    } else if (query instanceof Query.Not not) {
      return !matches(not.query());
    } else if (query instanceof Query.HasFlag has) {
      return flags.contains(has.flag());
    } else if (query instanceof Query.InEnvelope in) {
      return inEnvelope(in);
    } else if (query instanceof Query.InHeader in) {
      return field(in.name()).filter(value -> has(unfolded(value), in.text())).isPresent();
    } else if (query instanceof Query.InText in) {
      return hasWords(in.words());
    } else if (query instanceof Query.Received span) {
      return isWithin(received.toInstant(), span.from(), span.until());
    } else if (query instanceof Query.Sent span) {
      return sent.filter(at -> isWithin(at.toInstant(), span.from(), span.until())).isPresent();
    } else if (query instanceof Query.Size bounds) {
      return size >= bounds.atLeast() && size <= bounds.atMost();
    }
    return true;
  }

  private boolean inEnvelope(Query.InEnvelope in) {
    return switch (in.field()) {
      case FROM, TO, CC -> inPeople(in.field().name(), in.text());
      case RECIPIENT ->
          inPeople("TO", in.text()) || inPeople("CC", in.text()) || inPeople("BCC", in.text());
      case SUBJECT -> has(texts.getOrDefault("SUBJECT", ""), in.text());
      case MESSAGE_ID -> has(texts.getOrDefault("MESSAGE-ID", ""), in.text());
    };
  }

  private boolean inPeople(String field, String text) {
    return people.getOrDefault(field, List.of()).stream().anyMatch(a -> has(a.toString(), text));
  }

  private static boolean has(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }

  private static String unfolded(String value) {
    return value.replace("\r\n", "");
  }

  private static boolean isWithin(Instant at, Instant from, Instant until) {
    return !at.isBefore(from) && at.isBefore(until);
  }

  /** Words next to each other, the last one possibly the beginning of one. */
  private boolean hasWords(String wanted) {
    List<String> words = words(source());
    List<String> phrase = words(wanted);
    for (int i = 0; i + phrase.size() <= words.size() && !phrase.isEmpty(); i++) {
      int last = phrase.size() - 1;
      if (words.subList(i, i + last).equals(phrase.subList(0, last))
          && words.get(i + last).startsWith(phrase.get(last))) {
        return true;
      }
    }
    return false;
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^a-z0-9]+", -1))
        .filter(word -> !word.isEmpty())
        .toList();
  }
}

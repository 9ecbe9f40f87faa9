// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.search;

import dev.mailbox.Flag;
import dev.mailbox.content.Address;
import dev.mailbox.search.Query;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Random messages, and random queries some of which match them. */
final class Samples {
  private static final Instant START = Instant.parse("2024-02-27T00:00:00Z");
  private static final List<Flag> FLAGS =
      List.of(Flag.SEEN, Flag.ANSWERED, Flag.FLAGGED, Flag.DRAFT, Flag.JUNK, Flag.keyword("Work"));
  private static final List<String> WORDS =
      List.of("Bob", "smith", "re:", "invoice", "O'Neil", "a\\b", "(x)", "100%", "du-al", "=?q?");
  private static final List<String> FIELDS = List.of("FROM", "TO", "CC", "BCC");

  private final Random random;

  Samples(long seed) {
    random = new Random(seed);
  }

  private boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  private <T> T one(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private String phrase(int mostWords) {
    List<String> words = new ArrayList<>();
    for (int count = random.nextInt(mostWords + 1); count > 0; count--) {
      words.add(one(WORDS));
    }
    return String.join(" ", words);
  }

  private OffsetDateTime moment() {
    return instant().atOffset(ZoneOffset.ofTotalSeconds((random.nextInt(27) - 12) * 3600));
  }

  private Instant instant() {
    return START.plusSeconds(random.nextInt((int) Duration.ofDays(6).toSeconds()));
  }

  SampleMail mail() {
    Set<Flag> flags = new HashSet<>();
    FLAGS.stream().filter(flag -> oneIn(3)).forEach(flags::add);
    Map<String, List<Address>> people = new HashMap<>();
    FIELDS.stream().filter(field -> !oneIn(3)).forEach(field -> people.put(field, addresses()));
    Map<String, String> texts = new HashMap<>();
    texts.put("SUBJECT", phrase(4));
    if (!oneIn(4)) {
      texts.put("MESSAGE-ID", "<" + random.nextInt(20) + ".x@host>");
    }
    if (oneIn(2)) {
      texts.put("X-MAILER", phrase(2));
    }
    Optional<OffsetDateTime> sent = oneIn(5) ? Optional.empty() : Optional.of(moment());
    return new SampleMail(flags, people, texts, phrase(6), moment(), sent, random.nextInt(40));
  }

  private List<Address> addresses() {
    List<Address> addresses = new ArrayList<>();
    for (int count = 1 + random.nextInt(2); count > 0; count--) {
      String name = oneIn(3) ? "" : one(List.of("Bob Smith", "O'Neil, Ann", "Bob de la Cruz"));
      addresses.add(new Address(name, one(List.of("bob", "ann.o", "x+y")) + "@example.com"));
    }
    return addresses;
  }

  /** A condition about a message or its like, or several. */
  Query query(SampleMail mail, int depth) {
    if (depth == 0 || oneIn(3)) {
      return condition(mail);
    }
    List<Query> parts = new ArrayList<>();
    for (int count = oneIn(10) ? 0 : 1 + random.nextInt(3); count > 0; count--) {
      parts.add(query(mail, depth - 1));
    }
    return switch (random.nextInt(3)) {
      case 0 -> new Query.And(parts);
      case 1 -> new Query.Or(parts);
      default -> new Query.Not(query(mail, depth - 1));
    };
  }

  private Query condition(SampleMail mail) {
    return switch (random.nextInt(8)) {
      case 0 -> new Query.HasFlag(one(FLAGS));
      case 1, 2 -> envelope(mail);
      case 3 -> new Query.InHeader(one(List.of("X-Mailer", "subject", "Cc", "X-None")), phrase(1));
      case 4 -> new Query.InText(part(oneIn(2) ? mail.body() : phrase(2)));
      case 5 -> new Query.Received(from(), until());
      case 6 -> new Query.Sent(from(), until());
      default ->
          oneIn(8) ? Query.all() : new Query.Size(random.nextInt(42) - 1, random.nextInt(42) - 1);
    };
  }

  private Instant from() {
    return oneIn(3) ? Instant.MIN : instant();
  }

  private Instant until() {
    return oneIn(3) ? Instant.MAX : instant();
  }

  private Query envelope(SampleMail mail) {
    Query.Field field = one(List.of(Query.Field.values()));
    String text =
        switch (field) {
          case SUBJECT -> mail.texts().getOrDefault("SUBJECT", "");
          case MESSAGE_ID -> mail.texts().getOrDefault("MESSAGE-ID", "");
          default ->
              mail.people().getOrDefault(one(FIELDS), List.of()).stream()
                  .map(Address::toString)
                  .findFirst()
                  .orElse("");
        };
    return new Query.InEnvelope(field, part(text));
  }

  /** Some of a text, in another case. */
  private String part(String text) {
    int from = random.nextInt(text.length() + 1);
    String part = text.substring(from, from + random.nextInt(text.length() - from + 1));
    return oneIn(2) ? part.toUpperCase(Locale.ROOT) : part;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.search.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the query, a server that is asked for it finds all that match. */
class SearchSupersetTest {
  private static final int MAILS = 40;
  private static final int QUERIES = 400;
  private static final List<Query.Field> FIELDS = List.of(Query.Field.values());

  private final List<SampleMail> mails = new ArrayList<>();
  private Random random = new Random();

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25})
  void allThatMatchAreFound(long seed) {
    random = new Random(seed);
    for (int i = 0; i < MAILS; i++) {
      mails.add(new SampleMail(random));
    }
    int matching = 0;
    int found = 0;
    for (int i = 0; i < QUERIES; i++) {
      Query query = query(3);
      String keys = SearchProgram.of(query).toString();
      for (SampleMail mail : mails) {
        boolean matches = mail.matches(query);
        boolean isFound = SampleServer.finds(mail, keys);
        if (matches && !isFound) {
          assertThat(keys).as("%s misses a message", query).isEmpty();
        }
        matching += matches ? 1 : 0;
        found += isFound ? 1 : 0;
      }
    }
    // Not so much more that asking would be of no use.
    assertThat(found).isBetween(matching, MAILS * QUERIES * 9 / 10);
    assertThat(matching).isGreaterThan(MAILS * QUERIES / 10);
  }

  private Query query(int depth) {
    return switch (depth == 0 ? 3 : random.nextInt(6)) {
      case 0 -> new Query.And(queries(depth - 1));
      case 1 -> new Query.Or(queries(depth - 1));
      case 2 -> new Query.Not(query(depth - 1));
      default -> condition();
    };
  }

  private List<Query> queries(int depth) {
    return Stream.generate(() -> query(depth)).limit(random.nextInt(4)).toList();
  }

  private Query condition() {
    return switch (random.nextInt(9)) {
      case 0 -> Query.all();
      case 1, 2 -> Query.flagged(SampleMail.FLAGS.get(random.nextInt(SampleMail.FLAGS.size())));
      case 3 -> new Query.Size(random.nextInt(8) - 1, random.nextInt(8) - 1);
      case 4 -> new Query.Received(bound(Instant.MIN), bound(Instant.MAX));
      case 5 -> new Query.Sent(bound(Instant.MIN), bound(Instant.MAX));
      case 6 -> new Query.InText(part(random.nextBoolean() ? mail().body : "alpha beta"));
      case 7 -> header();
      default -> envelope();
    };
  }

  private Instant bound(Instant none) {
    return random.nextInt(3) == 0 ? none : SampleMail.instant(random);
  }

  private SampleMail mail() {
    return mails.get(random.nextInt(mails.size()));
  }

  private Query header() {
    String name = random.nextBoolean() ? "x-tag" : "to";
    return new Query.InHeader(name, random.nextInt(3) == 0 ? "" : part(raw(name)));
  }

  private Query envelope() {
    Query.Field field = FIELDS.get(random.nextInt(FIELDS.size()));
    String name =
        switch (field) {
          case FROM -> "From";
          case TO, RECIPIENT -> "To";
          case CC -> "Cc";
          case SUBJECT -> "Subject";
          case MESSAGE_ID -> "Message-ID";
        };
    return new Query.InEnvelope(field, part(shown(name)));
  }

  private String raw(String field) {
    return mail().raw.getOrDefault(field, SampleMail.word(random)).replaceAll("\r\n\t", " ");
  }

  private String shown(String field) {
    return mail().shown.getOrDefault(field, List.of(SampleMail.word(random))).get(0);
  }

  /** Some part of it, so that there are matches. */
  private String part(String text) {
    int from = random.nextInt(text.length());
    return text.substring(from, from + random.nextInt(text.length() - from) + 1);
  }
}

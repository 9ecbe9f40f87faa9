// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.search.Query;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that is asked for a query names at least the messages that match it here. */
class SearchModelTest {
  private static final int ROUNDS = 1_000;
  private static final int MAILS = 25;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void serverFindsAllThatMatch(long seed) {
    Samples samples = new Samples(seed);
    int matching = 0;
    int spared = 0;
    for (int round = 0; round < ROUNDS; round++) {
      List<SampleMail> mails = Stream.generate(samples::mail).limit(MAILS).toList();
      Query query = samples.query(mails.get(0), 4);
      boolean nothing = SearchProgram.of(query).findsNothing();
      Predicate<SampleMail> server = SearchKeys.matcher(query);
      for (SampleMail mail : mails) {
        boolean matches = mail.matches(query);
        boolean found = !nothing && server.test(mail);
        assertThat(found || !matches).as(() -> query + "\n" + mail).isTrue();
        matching += matches ? 1 : 0;
        spared += found ? 0 : 1;
      }
    }
    assertThat(matching).isGreaterThan(ROUNDS * MAILS / 10);
    assertThat(spared).as("what need not be looked at").isGreaterThan(ROUNDS * MAILS / 10);
  }
}

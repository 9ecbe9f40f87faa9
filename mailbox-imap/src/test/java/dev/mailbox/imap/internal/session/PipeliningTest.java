// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.testkit.script.ConnectionHandler;
import dev.mailbox.wire.GarbledReplyException;
import dev.mailbox.wire.WireException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many commands are under way at a time, and which answer is whose. */
class PipeliningTest {
  private static final int COMMAND_BYTES = 4096;
  private static final long RESPONSE_BYTES = 2L << 20;
  private static final long FIRST_RESPONSE_BYTES = 512 << 10;

  private final SessionTestSupport support = new SessionTestSupport();

  @AfterEach
  void close() {
    support.close();
  }

  /** Reads so many commands before it answers them, the last one first. */
  private static ConnectionHandler batches(int count, int size) {
    return SessionTestSupport.repeat(
        count,
        connection -> {
          List<String> tags = new ArrayList<>();
          for (int i = 0; i < size; i++) {
            tags.add(SessionTestSupport.tag(connection.readLine()));
          }
          Collections.reverse(tags);
          for (String tag : tags) {
            connection.sendLine(tag + " OK");
          }
        });
  }

  /** Submits commands, and gives the most that were unanswered after one was sent. */
  private static int mostUnanswered(ImapSession session, List<Probe> probes) throws WireException {
    int most = 0;
    for (int i = 0; i < probes.size(); i++) {
      session.submit(probes.get(i));
      long answered = probes.stream().filter(probe -> !probe.told().isEmpty()).count();
      most = Math.max(most, (int) (i + 1 - answered));
    }
    session.drain();
    assertThat(probes).allSatisfy(probe -> assertThat(probe.told()).containsExactly("OK"));
    assertThat(session.isQuiet()).isTrue();
    return most;
  }

  private static List<Probe> probes(int count, long expectedBytes, String text) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Probe("XX").expecting(expectedBytes).withText(text))
        .toList();
  }

  @Test
  void windowIsFullAndNotOverfull() throws WireException {
    // A command has 126 bytes, or 127 once its tag has two digits: 33 of them are too many.
    String text = "t".repeat(112);
    ImapSession session = support.greeted(batches(2, 32));
    assertThat(mostUnanswered(session, probes(64, 256, text))).isEqualTo(32);
  }

  @Test
  void responsesOnTheirWayAreBounded() throws WireException {
    // How many more may go depends on how fast the first came.
    ImapSession session =
        support.greeted(
            connection -> {
              batches(1, 4).handle(connection);
              batches(1, 1).handle(connection);
            });

    assertThat(mostUnanswered(session, probes(5, FIRST_RESPONSE_BYTES / 4, "t"))).isEqualTo(4);
  }

  @Test
  void responseLargerThanTheWindowIsAloneUnderWay() throws WireException {
    ImapSession session = support.greeted(batches(3, 1));

    assertThat(mostUnanswered(session, probes(3, RESPONSE_BYTES * 3, "t"))).isEqualTo(1);
  }

  @Test
  void commandLargerThanTheWindowIsAloneUnderWay() throws WireException {
    ImapSession session = support.greeted(batches(3, 1));

    assertThat(mostUnanswered(session, probes(3, 1, "t".repeat(2 * COMMAND_BYTES)))).isEqualTo(1);
  }

  @Test
  void eachAnswerGoesToItsCommand() throws WireException {
    ImapSession session =
        support.greeted(
            connection -> {
              String one = SessionTestSupport.tag(connection.readLine());
              String two = SessionTestSupport.tag(connection.readLine());
              String three = SessionTestSupport.tag(connection.readLine());
              connection.sendLine(three + " NO");
              connection.sendLine(one + " OK");
              connection.sendLine(two + " BAD");
            });
    List<Probe> probes = probes(3, 1, "t");
    for (Probe probe : probes) {
      session.submit(probe);
    }
    session.drain();

    assertThat(probes)
        .extracting(Probe::told)
        .containsExactly(List.of("OK"), List.of("BAD"), List.of("NO"));
  }

  @Test
  void runWaitsForThoseBefore() throws WireException {
    ImapSession session = support.greeted(batches(2, 1));
    Probe before = new Probe("BEFORE");
    session.submit(before);
    Status status = session.run(new Probe("AFTER"));

    assertThat(status.isOk()).isTrue();
    assertThat(before.told()).containsExactly("OK");
    assertThat(support.received())
        .extracting(line -> line.split(" ", 2)[1])
        .containsExactly("BEFORE", "AFTER");
  }

  @Test
  void goAheadThatNobodyWaitsForClosesTheConnection() throws WireException {
    ImapSession session = support.greeted(SessionTestSupport.answering("+ go", "TAG OK"));
    session.submit(new Probe("NOOP"));

    assertThatThrownBy(session::drain).isInstanceOf(GarbledReplyException.class);
  }

  @Test
  void fetchesGoToTheFirstThatTakesThem() throws WireException {
    ImapSession session =
        support.greeted(
            connection -> {
              String one = SessionTestSupport.tag(connection.readLine());
              String two = SessionTestSupport.tag(connection.readLine());
              connection.sendLine("* 1 FETCH (UID 1)");
              connection.sendLine(one + " OK");
              connection.sendLine("* 2 FETCH (UID 2)");
              connection.sendLine(two + " OK");
            });
    Probe one = new Probe("ONE").takingFetches();
    Probe two = new Probe("TWO").takingFetches();
    session.submit(one);
    session.submit(two);
    session.drain();

    assertThat(one.told()).containsExactly("fetch 1", "OK");
    assertThat(two.told()).containsExactly("fetch 2", "OK");
  }
}

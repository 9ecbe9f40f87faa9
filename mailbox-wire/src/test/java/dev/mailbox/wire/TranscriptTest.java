// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TranscriptTest {
  private final Transcript transcript = new Transcript(null);

  @Test
  void keepsTheLastLinesOnly() {
    for (int i = 0; i < 1000; i++) {
      receive("+OK " + i);
    }

    assertThat(transcript.lines())
        .hasSize(129)
        .startsWith("-- 872 lines left out", "S: +OK 872")
        .endsWith("S: +OK 999");
  }

  @Test
  void keepsFewerLinesWhenTheyAreLong() {
    for (int i = 0; i < 100; i++) {
      receive("x".repeat(100_000));
    }

    assertThat(transcript.toString().length()).isBetween(8192, 16500);
    assertThat(transcript.lines())
        .filteredOn(line -> line.startsWith("S: "))
        .allMatch(line -> line.endsWith("..."));
  }

  @Test
  void controlAndEightBitCharactersAreEscaped() {
    receive("a\0\t\u001b\u007f\u00e9\rb");

    assertThat(transcript.lines()).containsExactly("S: a\\x00\\t\\x1b\\x7f\\xe9\\rb");
  }

  @Test
  void bodiesAreCountedAsOne() {
    receive("+OK 5441 octets");
    transcript.receivedBody(5000);
    transcript.receivedBody(441);

    assertThat(transcript.lines()).containsExactly("S: +OK 5441 octets", "S: <5441 bytes>");
    transcript.sent("QUIT");
    assertThat(transcript.lines()).endsWith("S: <5441 bytes>", "C: QUIT");
  }

  @Test
  void aBackslashIsTwoWhereItWouldBeAnEscape() {
    receive("* FLAGS (\\Seen \\recent \\*) \\\0\\");

    assertThat(transcript.lines())
        .containsExactly("S: * FLAGS (\\Seen \\\\recent \\*) \\\\\\x00\\\\");
  }

  @Test
  void listsKeepTheirFirstLinesAndTheLast() {
    receive("+OK");
    for (int i = 1; i <= 100; i++) {
      receiveOfList(i + " abc");
    }

    assertThat(transcript.lines())
        .hasSize(19)
        .startsWith("S: +OK", "S: 1 abc")
        .endsWith("S: 16 abc", "S: <664 bytes>", "S: 100 abc");
    receive("+OK");
    receiveOfList("1 x");
    assertThat(transcript.lines()).endsWith("S: 100 abc", "S: +OK", "S: 1 x");
  }

  @Test
  void partsOfMessagesAreHiddenAlsoWhenTheyAreQuoted() {
    receiveOfList(
        "* 1 FETCH (BODY[HEADER.FIELDS (SUBJECT)] \"a \\\"b\" BODY[TEXT]<0> \"c\" FLAGS ())");

    assertThat(transcript.lines())
        .containsExactly(
            "S: * 1 FETCH (BODY[HEADER.FIELDS (SUBJECT)] \"*****\" BODY[TEXT]<0> \"*\" FLAGS ())");
  }

  @Test
  void anEventIsSaidOnce() {
    transcript.event("close");
    transcript.event("close");

    assertThat(transcript.lines()).containsExactly("-- close");
  }

  @Test
  void longerSecretsAreMaskedFirstAndShortOnesAreNotLookedFor() {
    transcript.mask(List.of("pass", "password", "abc"));

    receive("-ERR bad password: pass abc");

    assertThat(transcript.lines()).containsExactly("S: -ERR bad ***: *** abc");
  }

  @Test
  void secretBeyondTheCutIsMaskedToo() {
    transcript.mask(List.of("c4nary"));

    receive("x".repeat(497) + "c4nary" + "y".repeat(1000));

    assertThat(transcript.toString()).doesNotContain("c4n").contains("x***");
  }

  @Test
  void listenerHearsTheSameLinesAndMayFail() {
    List<String> heard = new ArrayList<>();
    Transcript loud =
        new Transcript(
            line -> {
              heard.add(line);
              throw new IllegalStateException("listener");
            });

    loud.sent("QUIT");
    loud.event("TLSv1.3");

    assertThat(heard).containsExactly("C: QUIT", "-- TLSv1.3").isEqualTo(loud.lines());
  }

  private void receive(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
    transcript.received(bytes, 0, bytes.length);
  }

  private void receiveOfList(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
    transcript.receivedOfList(bytes, 0, bytes.length, bytes.length + 2L);
  }
}

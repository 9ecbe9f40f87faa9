// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.wire.GarbledReplyException;
import dev.mailbox.wire.PeerClosedException;
import dev.mailbox.wire.WireException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FetchParserTest {
  /** Writes down what it is told. */
  private static final class Recorder implements FetchHandler {
    private final List<String> told = new ArrayList<>();
    private final List<ByteArrayOutputStream> bodies = new ArrayList<>();

    @Override
    public ByteSink open(long uid, String section, long size) {
      told.add("open " + uid + " " + section + " " + size);
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      bodies.add(body);
      return body::write;
    }

    @Override
    public void fetched(FetchData d) {
      told.add(
          "seq="
              + d.sequence()
              + " uid="
              + d.uid()
              + " size="
              + d.size()
              + " flags="
              + (d.hasFlags() ? "(" + d.flags() + ")" : "none")
              + " date="
              + d.internalDate().map(Instant::toString).orElse("none")
              + " body="
              + (d.hasBody() ? Long.toString(d.bodyBytes()) : "none"));
    }

    String body(int index) {
      return bodies.get(index).toString(StandardCharsets.ISO_8859_1);
    }
  }

  /** Parses the list of one response, after which another line must be next. */
  private static Recorder parse(String list) throws WireException {
    Recorder recorder = new Recorder();
    try (Read read = Read.of(list + "\r\nnext")) {
      new FetchParser(read.in()).parse(3, recorder);
      read.in().next();
      assertThat(read.in().rest()).isEqualTo("next");
    }
    return recorder;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        " (UID 7)| uid=7 size=-1 flags=none date=none body=none",
        "()| uid=0 size=-1 flags=none date=none body=none",
        " ( UID  7 ) | uid=7 size=-1 flags=none date=none body=none",
        "(uid 4294967295 rfc822.size 0)| uid=4294967295 size=0 flags=none date=none body=none",
        "(FLAGS () UID 7)| uid=7 size=-1 flags=() date=none body=none",
        "(FLAGS (\\Seen $Junk) UID 7)| uid=7 size=-1 flags=(\\Seen $Junk) date=none body=none",
        "(FLAGS(\\Seen)UID 7)| uid=7 size=-1 flags=(\\Seen) date=none body=none",
        "(RFC822.SIZE 9223372036854775807)| uid=0 size=9223372036854775807"
            + " flags=none date=none body=none",
        "(INTERNALDATE \" 7-Feb-1994 21:52:25 +0000\" UID 7)| uid=7 size=-1 flags=none"
            + " date=1994-02-07T21:52:25Z body=none",
        "(INTERNALDATE \"yesterday\" UID 7)| uid=7 size=-1 flags=none date=none body=none",
        "(INTERNALDATE NIL UID 7)| uid=7 size=-1 flags=none date=none body=none",
      })
  void itemsComeInAnyOrder(String list, String told) throws WireException {
    assertThat(parse(list).told)
        .containsExactly("seq=3" + (told.startsWith(" ") ? "" : " ") + told);
  }

  @Test
  void literalStandsInTheMiddle() throws WireException {
    Recorder recorder =
        parse("(UID 7 BODY[HEADER] {11}\r\nA: b)\r\n\r\n\r\n RFC822.SIZE 12 FLAGS (\\Seen))");

    assertThat(recorder.told)
        .containsExactly(
            "open 7 BODY[HEADER] 11", "seq=3 uid=7 size=12 flags=(\\Seen) date=none body=11");
    assertThat(recorder.body(0)).isEqualTo("A: b)\r\n\r\n\r\n");
  }

  @Test
  void severalLiteralsEachHaveTheirSink() throws WireException {
    Recorder recorder =
        parse("(UID 7 BODY[1] {3}\r\none BODY[2]<0> {3+}\r\ntwo BINARY[3] ~{1}\r\n\0)");

    assertThat(recorder.told)
        .containsExactly(
            "open 7 BODY[1] 3",
            "open 7 BODY[2]<0> 3",
            "open 7 BINARY[3] 1",
            "seq=3 uid=7 size=-1 flags=none date=none body=1");
    assertThat(recorder.body(0)).isEqualTo("one");
    assertThat(recorder.body(1)).isEqualTo("two");
    assertThat(recorder.body(2)).isEqualTo("\0");
  }

  @Test
  void bodyMayComeBeforeItsUid() throws WireException {
    assertThat(parse("(BODY[] {2}\r\nhi UID 7)").told)
        .containsExactly("open 0 BODY[] 2", "seq=3 uid=7 size=-1 flags=none date=none body=2");
  }

  @Test
  void emptyBodyIsABody() throws WireException {
    assertThat(parse("(UID 7 BODY[] {0}\r\n)").told)
        .containsExactly("open 7 BODY[] 0", "seq=3 uid=7 size=-1 flags=none date=none body=0");
    assertThat(parse("(UID 7 BODY[] \"\")").told)
        .last()
        .isEqualTo("seq=3 uid=7 size=-1 flags=none date=none body=0");
  }

  @Test
  void nilIsNoBody() throws WireException {
    assertThat(parse("(UID 7 BODY[] NIL)").told)
        .containsExactly("seq=3 uid=7 size=-1 flags=none date=none body=none");
    assertThat(parse("(BODY[] nil UID 7)").told)
        .containsExactly("seq=3 uid=7 size=-1 flags=none date=none body=none");
  }

  @Test
  void bodyMayBeQuoted() throws WireException {
    Recorder recorder = parse("(UID 7 BODY[] \"a \\\"b\\\" (c) {3}\" RFC822.SIZE 13)");

    assertThat(recorder.body(0)).isEqualTo("a \"b\" (c) {3}");
    assertThat(recorder.told).last().asString().endsWith("size=13 flags=none date=none body=13");
  }

  @Test
  void largeBodyComesInPieces() throws WireException {
    String body = "0123456789".repeat(100_000);
    Recorder recorder = parse("(UID 7 BODY[] {1000000}\r\n" + body + ")");

    assertThat(recorder.body(0)).isEqualTo(body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MODSEQ (624140003)",
        "X-GM-MSGID 1278455344230334865",
        "X-GM-LABELS (\\Inbox \"a (b\" {4}\r\n)({} c])",
        "RFC822.HEADER {5}\r\nUID 9",
        "EMAILID (M6d99ac3275bb4e)",
        "THREADID NIL",
        "X-ODD ~atom",
        "X-ODD [x",
        "ENVELOPE (\"date\" \"sub \\\"ject\" ((NIL NIL \"a\" \"b\")) NIL NIL NIL NIL NIL NIL {3}\r\n<i>)",
        "BODYSTRUCTURE ((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 2)(\"A\" \"B\" (\"NAME\" {2}\r\n()))"
            + " \"MIXED\" (\"BOUNDARY\" \"x\") NIL NIL)",
        "BODY (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 2)",
      })
  void otherItemsArePassedOver(String item) throws WireException {
    assertThat(parse("(" + item + " UID 7)").told)
        .containsExactly("seq=3 uid=7 size=-1 flags=none date=none body=none");
    assertThat(parse("(UID 7 " + item + ")").told)
        .containsExactly("seq=3 uid=7 size=-1 flags=none date=none body=none");
  }

  @Test
  void nothingIsLeftOfTheResponseBefore() throws WireException {
    Recorder recorder = new Recorder();
    String date = "\"07-Feb-1994 21:52:25 +0000\"";
    try (Read read =
        Read.of("(UID 7 FLAGS (a) RFC822.SIZE 5 BODY[] \"x\" INTERNALDATE " + date + ")\r\n()")) {
      FetchParser parser = new FetchParser(read.in());
      parser.parse(1, recorder);
      read.in().next();
      parser.parse(2, recorder);
    }
    assertThat(recorder.told)
        .last()
        .isEqualTo("seq=2 uid=0 size=-1 flags=none date=none body=none");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "UID 7",
        "(UID 7",
        "(UID)",
        "(UID 0)",
        "(UID -7)",
        "(UID 4294967296)",
        "(UID 99999999999999999999)",
        "(UID NIL)",
        "(RFC822.SIZE -1)",
        "(RFC822.SIZE 9223372036854775808)",
        "(FLAGS NIL)",
        "(FLAGS (\\Seen)",
        "(FLAGS \\Seen)",
        "(BODY[])",
        "(BODY[] {3} x)",
        "(BODY[] {9999999999999999999}",
        "(X-LIST (a)",
        "(X-LIST)",
        "((UID 7))",
        "(BODYSTRUCTURE \"never closed)",
      })
  void whatIsNotTheGrammarClosesTheConnection(String list) throws WireException {
    try (Read read = Read.of(list)) {
      Recorder recorder = new Recorder();
      assertThatThrownBy(() -> new FetchParser(read.in()).parse(1, recorder))
          .isInstanceOf(GarbledReplyException.class);
      assertThat(read.connection().isOpen()).isFalse();
      assertThat(recorder.told).noneMatch(line -> line.startsWith("seq"));
    }
  }

  @Test
  void bodyThatBreaksOffIsNotFetched() throws WireException {
    try (Read read = Read.of("(UID 7 BODY[] {2000000000}\r\nfew")) {
      Recorder recorder = new Recorder();
      assertThatThrownBy(() -> new FetchParser(read.in()).parse(1, recorder))
          .isInstanceOf(PeerClosedException.class);
      assertThat(recorder.told).containsExactly("open 7 BODY[] 2000000000");
    }
  }
}

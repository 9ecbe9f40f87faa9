// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.wire.GarbledReplyException;
import dev.mailbox.wire.LimitExceededException;
import dev.mailbox.wire.Limits;
import dev.mailbox.wire.PeerClosedException;
import dev.mailbox.wire.WireException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseReaderTest {
  private static void assertGarbled(Read read, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(GarbledReplyException.class);
    assertThat(read.connection().isOpen()).isFalse();
  }

  @Test
  void tokensAreReadOneAfterTheOther() throws WireException {
    try (Read read = Read.of("* 12  fetch (x) rest of it")) {
      ResponseReader in = read.in();
      in.expect('*');
      in.spaces();
      assertThat(in.atDigit()).isTrue();
      assertThat(in.number()).isEqualTo(12);
      assertThat(in.atDigit()).isFalse();
      in.spaces();
      assertThat(in.name()).isEqualTo("FETCH");
      in.spaces();
      assertThat(in.list()).isEqualTo("x");
      assertThat(in.tryRead('(')).isFalse();
      assertThat(in.tryRead(' ')).isTrue();
      assertThat(in.peek()).isEqualTo('r');
      assertThat(in.rest()).isEqualTo("rest of it");
      assertThat(in.atEnd()).isTrue();
      assertThat(in.peek()).isEqualTo(-1);
      assertThat(in.atDigit()).isFalse();
      assertThat(in.rest()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"0,0", "007,7", "4294967296,4294967296", "9223372036854775807,9223372036854775807"})
  void numbersHaveUpTo63Bits(String sent, long number) throws WireException {
    try (Read read = Read.of(sent)) {
      assertThat(read.in().number()).isEqualTo(number);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "+1",
        " 1",
        "x",
        "9223372036854775808",
        "9999999999999999999",
        "10000000000000000000",
        "18446744073709551617",
        "99999999999999999999999999999999",
      })
  void whatIsNoNumberIsRefused(String sent) throws WireException {
    try (Read read = Read.of(sent)) {
      assertGarbled(read, () -> read.in().number());
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "4294967295,4294967295"})
  void uidsHave32Bits(String sent, long uid) throws WireException {
    try (Read read = Read.of(sent)) {
      assertThat(read.in().uid()).isEqualTo(uid);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "4294967296", "-1", "18446744073709551617"})
  void whatIsNoUidIsRefused(String sent) throws WireException {
    try (Read read = Read.of(sent)) {
      assertGarbled(read, () -> read.in().uid());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '|',
      value = {
        "INBOX x; INBOX",
        "\"INBOX\" x; INBOX",
        "\"\" x; ||",
        "\"a \\\"b\\\" \\\\c\" x; a \"b\" \\c",
        "\"(a) {3}\" x; (a) {3}",
        "NIL x; ||",
        "nil x; ||",
        "NILS x; NILS",
        "~peter/mail x; ~peter/mail",
        "~ x; ~",
        "\"\u00c3\u00bc\" x; ü",
        "\u00c3\u00bc x; ü",
      })
  void stringsHaveSeveralForms(String sent, String text) throws WireException {
    try (Read read = Read.of(sent)) {
      assertThat(read.in().string()).isEqualTo(text);
      assertThat(read.in().rest()).isEqualTo(" x");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{5}", "{5+}", "~{5}", "~{5+}", "{05}"})
  void stringsMayBeLiterals(String announced) throws WireException {
    try (Read read = Read.of(announced + "\r\na\r\n\")  x")) {
      assertThat(read.in().string()).isEqualTo("a\r\n\")");
      assertThat(read.in().rest()).isEqualTo("  x");
    }
  }

  @Test
  void emptyLiteralIsTheEmptyString() throws WireException {
    try (Read read = Read.of("{0}\r\n {0}\r\n")) {
      assertThat(read.in().string()).isEmpty();
      read.in().spaces();
      assertThat(read.in().string()).isEmpty();
      assertThat(read.in().atEnd()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"never closed",
        "\"",
        "\"\\",
        "\"ends with \\\"",
        "{}",
        "{-1}",
        "{5",
        "{5} ",
        "{5}x",
        "{5++}",
        "{+}",
        "{x}",
        "{ 5}",
        "~{5",
        "{99999999999999999999}",
        "{2199023255553}",
        "{65537}",
        "",
        "(",
        ")",
      })
  void whatIsNoStringIsRefused(String sent) throws WireException {
    try (Read read = Read.of(sent)) {
      assertGarbled(read, () -> read.in().string());
    }
  }

  @Test
  void nilIsNotTheEmptyString() throws WireException {
    try (Read read = Read.of("NIL \"\" {0}\r\n")) {
      assertThat(read.in().stringSize()).isEqualTo(-1);
      assertThat(read.in().nstring(ByteSink.NONE)).isEqualTo(-1);
      read.in().spaces();
      assertThat(read.in().nstring(ByteSink.NONE)).isZero();
      read.in().spaces();
      assertThat(read.in().stringSize()).isZero();
      assertThat(read.in().nstring(ByteSink.NONE)).isZero();
    }
  }

  @Test
  void bytesOfStringsAreNotTouched() throws WireException {
    StringBuilder all = new StringBuilder();
    for (char c = 0; c <= 0xff; c++) {
      all.append(c);
    }
    try (Read read = Read.of("{256}\r\n" + all + " \"\u00e9\\\u00ff\"")) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      assertThat(read.in().nstring(out::write)).isEqualTo(256);
      read.in().spaces();
      assertThat(read.in().nstring(out::write)).isEqualTo(2);
      assertThat(out.toString(StandardCharsets.ISO_8859_1)).isEqualTo(all + "\u00e9\u00ff");
    }
  }

  @Test
  void literalThatNeverComesCostsNoMemory() throws WireException {
    try (Read read = Read.of("{2000000000}\r\nonly this")) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      assertThat(read.in().stringSize()).isEqualTo(2_000_000_000);
      assertThatThrownBy(() -> read.in().nstring(out::write))
          .isInstanceOf(PeerClosedException.class);
      assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo("only this\r\n");
    }
  }

  @Test
  void lineWithoutEndIsRefused() {
    Limits limits = Limits.builder().lineBytes(1000).build();
    assertThatThrownBy(() -> Read.of("* X " + "a".repeat(200_000), limits).close())
        .isInstanceOf(LimitExceededException.class);
  }

  @Test
  void lineBehindALiteralHasTheSameLimit() throws WireException {
    Limits limits = Limits.builder().lineBytes(1000).build();
    try (Read read = Read.of("{3}\r\nabc" + "d".repeat(200_000), limits)) {
      assertThatThrownBy(() -> read.in().string()).isInstanceOf(LimitExceededException.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '|',
      value = {
        "UID 5; UID",
        "flags(x); FLAGS",
        "BODY[] x; BODY[]",
        "BODY[HEADER.FIELDS (DATE FROM)]<0> x; BODY[HEADER.FIELDS (DATE FROM)]<0>",
        "BINARY[1.2] x; BINARY[1.2]",
        "X] UID; X]",
        "X]Y[ ]Z UID; X]Y[ ]Z",
      })
  void itemsHaveTheirSections(String sent, String item) throws WireException {
    try (Read read = Read.of(sent)) {
      assertThat(read.in().item()).isEqualTo(item);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "(", ")"})
  void itemHasAName(String sent) throws WireException {
    try (Read read = Read.of(sent)) {
      assertGarbled(read, () -> read.in().item());
    }
  }

  @Test
  void listWithoutEndIsRefused() throws WireException {
    try (Read read = Read.of("(\\Seen \\Answered")) {
      assertGarbled(read, () -> read.in().list());
    }
  }

  @Test
  void nextResponseFollows() throws WireException {
    try (Read read = Read.of("one\ntwo\r\n\r\nfour")) {
      assertThat(read.in().rest()).isEqualTo("one");
      read.in().next();
      assertThat(read.in().rest()).isEqualTo("two");
      read.in().next();
      assertThat(read.in().atEnd()).isTrue();
      read.in().next();
      assertThat(read.in().rest()).isEqualTo("four");
      assertThatThrownBy(() -> read.in().next()).isInstanceOf(PeerClosedException.class);
    }
  }
}

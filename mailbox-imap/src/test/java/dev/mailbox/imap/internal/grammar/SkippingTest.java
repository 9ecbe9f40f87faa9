// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.wire.GarbledReplyException;
import dev.mailbox.wire.PeerClosedException;
import dev.mailbox.wire.WireException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody wants is passed over, whatever it holds. */
class SkippingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "NIL",
        "12",
        "atom",
        "~atom",
        "[atom",
        "atom]",
        "a{b}c",
        "\"quoted (\\\" {3}\"",
        "{8}\r\n(\")\r\n{3}",
        "{3+}\r\nabc",
        "~{3}\r\n\0\0\0",
        "{0}\r\n",
        "()",
        "(a b c)",
        "(a (b (c)) d)",
        "(a]b [c d)",
        "(\"(\" {1}\r\n( {1}\r\n))",
        "((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"UTF-8\") NIL NIL \"7BIT\" 1 2) \"MIXED\")",
        "(({3}\r\nabc)({3}\r\ndef \"x\")NIL)",
      })
  void valuesArePassedOver(String value) throws WireException {
    try (Read read = Read.of(value + " UID 7)\r\nnext")) {
      read.in().skipValue();
      assertThat(read.in().rest()).isEqualTo(" UID 7)");
      read.in().next();
      assertThat(read.in().rest()).isEqualTo("next");
    }
  }

  @Test
  void listsMayBeNestedAsMailIs() throws WireException {
    try (Read read = Read.of("(".repeat(60) + "x" + ")".repeat(60) + " y")) {
      read.in().skipValue();
      assertThat(read.in().rest()).isEqualTo(" y");
    }
  }

  @Test
  void listsNestedToNoEndAreRefused() throws WireException {
    try (Read read = Read.of("(".repeat(100_000) + ")".repeat(100_000))) {
      assertThatThrownBy(read.in()::skipValue).isInstanceOf(GarbledReplyException.class);
      assertThat(read.connection().isOpen()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "(", "(a", "(a (b)", "(\"a)", "({1}\r\na", "({3}x)"})
  void valueThatDoesNotEndIsRefused(String value) throws WireException {
    try (Read read = Read.of(value)) {
      assertThatThrownBy(read.in()::skipValue).isInstanceOf(GarbledReplyException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "anything (at all",
        "{3}\r\nabc",
        "X {3}\r\n\r\n* {2+}\r\nab (~{1}\r\n)",
        "{x} {3}\r\nabc",
        "a{b}",
        "{",
        "{}",
        "{3",
        "{3} ",
        "\"{3}\"",
        "\"a\\\" {3}\"",
        "\"never closed {3}",
        "don\"t",
      })
  void restIsPassedOver(String rest) throws WireException {
    try (Read read = Read.of(rest + "\r\nnext")) {
      read.in().skipRest();
      assertThat(read.in().atEnd()).isTrue();
      read.in().next();
      assertThat(read.in().rest()).isEqualTo("next");
    }
  }

  @Test
  void restThatDoesNotComeIsAFailure() throws WireException {
    try (Read read = Read.of("{2000000000}\r\nfew")) {
      assertThatThrownBy(read.in()::skipRest).isInstanceOf(PeerClosedException.class);
    }
  }

  /** Time grows with the length of a line, which a server chooses, and not with its square. */
  @ParameterizedTest
  @ValueSource(strings = {"\"\" ", "\"\\\"\"", "a ", "()", "{ "})
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void longListIsPassedOverInNoTime(String element) throws WireException {
    String elements = element.repeat(4_000_000 / element.length());
    boolean isValue = !element.startsWith("{");
    try (Read read = Read.of("(" + elements + ")")) {
      if (isValue) {
        read.in().skipValue();
      } else {
        read.in().skipRest();
      }
      assertThat(read.in().atEnd()).isTrue();
    }
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void longLineOfBracesIsPassedOverInNoTime() throws WireException {
    try (Read read = Read.of("{".repeat(2_000_000) + "1".repeat(2_000_000) + "}")) {
      read.in().skipRest();
      assertThat(read.in().atEnd()).isTrue();
    }
  }
}

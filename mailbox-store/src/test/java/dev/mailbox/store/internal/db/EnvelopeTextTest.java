// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.content.Address;
import dev.mailbox.content.Envelope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTextTest {
  private static final Optional<Instant> AT = Optional.of(Instant.parse("2026-01-01T00:00:00Z"));

  private static Envelope envelope(String text, List<Address> people, List<String> ids) {
    return new Envelope(text, people, people, people, people, people, people, AT, text, ids, ids);
  }

  private static Envelope again(Envelope envelope) {
    return EnvelopeText.parse(EnvelopeText.of(envelope), envelope.sentAt());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "plain",
        "\r\n",
        "\t",
        "'; DROP TABLE content; --",
        "日本語 😀",
        "\u202e",
        "\u001c\u007f"
      })
  void valuesComeBackAsTheyWere(String text) {
    Envelope envelope =
        envelope(
            text,
            List.of(new Address(text, text), new Address("", ""), new Address("a", "b@c")),
            List.of(text, "<x@y>", ""));
    assertThat(again(envelope)).isEqualTo(envelope);
  }

  @Test
  void emptyListsComeBackEmpty() {
    Envelope envelope = envelope("", List.of(), List.of());
    assertThat(again(envelope)).isEqualTo(envelope);
  }

  @ParameterizedTest
  @ValueSource(chars = {'\u001d', '\u001e', '\u001f', '\0'})
  void separatorsInValuesBecomeSpaces(char separator) {
    String text = separator + "a" + separator + separator + "b" + separator;
    Envelope envelope = envelope(text, List.of(new Address(text, text)), List.of(text));
    assertThat(again(envelope))
        .isEqualTo(envelope(" a  b ", List.of(new Address(" a  b ", " a  b ")), List.of(" a  b ")));
  }

  @Test
  void longValuesComeBack() {
    String text = "x".repeat(1 << 20);
    assertThat(again(envelope(text, List.of(), List.of())).subject()).isEqualTo(text);
  }

  @Test
  void foreignTextIsTold() {
    assertThatThrownBy(() -> EnvelopeText.parse("nonsense", AT))
        .isInstanceOf(IllegalStateException.class);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

  @Test
  void defaultsAreAsDocumented() {
    Timeouts timeouts = Timeouts.defaults();
    assertThat(timeouts.connect()).hasSeconds(15);
    assertThat(timeouts.greeting()).hasSeconds(30);
    assertThat(timeouts.handshake()).hasSeconds(30);
    assertThat(timeouts.reply()).hasSeconds(60);
    assertThat(timeouts.total()).isEmpty();
    assertThat(timeouts.progressBytes()).isEqualTo(1024);
    assertThat(Limits.forPop3().lineBytes()).isEqualTo(65_536);
    assertThat(Limits.forImap().lineBytes()).isEqualTo(4_194_304);
    assertThat(Limits.forImap().literalBytes()).isEqualTo(65_536);
    assertThat(Limits.forImap().replyBytes()).isEqualTo(268_435_456);
  }

  @Test
  void nonsenseIsRefused() {
    var timeouts = Timeouts.builder();
    var limits = Limits.builder();
    assertThatThrownBy(() -> timeouts.reply(Duration.ZERO)).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> timeouts.progressBytes(0)).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> limits.lineBytes(0)).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> limits.replyBytes(-1)).isInstanceOf(RuntimeException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "mail.example.org, mail.example.org, mail.example.org:995",
    "mail.example.org., mail.example.org, mail.example.org:995",
    "b\u00fccher.example, xn--bcher-kva.example, xn--bcher-kva.example:995",
    "[::1], ::1, [::1]:995",
    "::1, ::1, [::1]:995",
    "127.0.0.1, 127.0.0.1, 127.0.0.1:995",
  })
  void hostIsNormalized(String given, String host, String text) {
    Endpoint endpoint = new Endpoint(given, 995, Security.IMPLICIT_TLS);

    assertThat(endpoint.host()).isEqualTo(host);
    assertThat(endpoint).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "a b",
        "a\r\nb",
        "a/b",
        "user@host",
        "a..b",
        "a:b",
        "::g",
        "1:2",
        "\u0000",
        "[]"
      })
  void hostThatIsNoneIsRefused(String host) {
    assertThatThrownBy(() -> new Endpoint(host, 995, Security.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a host name");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65_536})
  void portOutOfRangeIsRefused(int port) {
    assertThatThrownBy(() -> new Endpoint("host", port, Security.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("65535");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "::1, true",
    "255.255.255.255, true",
    "256.1.1.1, false",
    "1.2.3, false",
    "1.example, false",
  })
  void onlyAnAddressIsTakenForOne(String host, boolean isAddress) {
    assertThat(new Endpoint(host, 995, Security.NONE).isAddress()).isEqualTo(isAddress);
  }

  @Test
  void deadlinesCompare() {
    Deadline soon = Deadline.after(Duration.ofSeconds(1));
    Deadline late = Deadline.after(Duration.ofSeconds(Long.MAX_VALUE));

    assertThat(soon.earliest(late)).isSameAs(soon);
    assertThat(late.earliest(soon)).isSameAs(soon);
    assertThat(Deadline.never().earliest(soon)).isSameAs(soon);
    assertThat(soon.earliest(Deadline.never())).isSameAs(soon);
    assertThat(Deadline.after(Duration.ZERO).isExpired()).isTrue();
    assertThat(late.isExpired()).isFalse();
    assertThat(Deadline.never().remainingNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(soon.remainingNanos()).isPositive();
  }
}

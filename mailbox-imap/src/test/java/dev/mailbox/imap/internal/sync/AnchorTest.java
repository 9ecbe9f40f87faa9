// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnchorTest {
  @Test
  void whatIsWrittenIsReadAgain() {
    Anchor anchor = new Anchor(4_294_967_295L, 4_294_967_296L, "since=- bodies=Recent[age=PT24H]");

    assertThat(Anchor.parse(anchor.text())).isEqualTo(anchor);
    assertThat(Anchor.parse(new Anchor(1, 0, "").text())).isEqualTo(new Anchor(1, 0, ""));
    assertThat(Anchor.parse(Anchor.NONE.text())).isEqualTo(Anchor.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "pop3/1",
        "imap/1",
        "imap/1\n1\n2",
        "imap/2\n1\n2\n-",
        "IMAP/1\n1\n2\n-",
        "imap/1\n1\n2\n-\n",
        "imap/1\n1\n2\n-\nmore",
        "imap/1\nx\n2\n-",
        "imap/1\n1\n\n-",
        "imap/1\n1\n99999999999999999999\n-",
        "\nimap/1\n1\n2",
      })
  void whatSomeoneElseWroteCountsAsNothing(String text) {
    assertThat(Anchor.parse(text)).isEqualTo(Anchor.NONE);
  }
}

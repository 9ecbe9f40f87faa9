// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.content.Address;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainAddressesTest {
  private static final List<String> PIECES =
      List.of(
          "a@b.example",
          "joe",
          "Joe Q.",
          "<",
          ">",
          "<x@y>",
          "\"",
          "\"Public, Joe\"",
          ",",
          ", ",
          " ",
          "  ",
          "@",
          ";",
          ":",
          "(",
          ")",
          "(c)",
          "=",
          "=?utf-8?Q?J=C3=B6rg?=",
          "\\",
          "[",
          "]",
          "\t",
          "\u00e9",
          "'");

  @Test
  void whatMostMailHasIsPlain() {
    String value = "a@b, <c@d>,Joe Q. Public <e@f> , \"Public, J.\" <g@h>";

    assertThat(PlainAddresses.parse("\"Smith\" <a@b>, c@d")).isPresent();
    assertThat(PlainAddresses.parse(value.replace("Public, J.", "J. Public")))
        .hasValue(
            List.of(
                new Address("", "a@b"),
                new Address("", "c@d"),
                new Address("Joe Q. Public", "e@f"),
                new Address("J. Public", "g@h")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "Joe",
        "a@b,",
        ",a@b",
        "a@b c@d",
        "Bob <a@b> Tom <c@d>",
        "a@b (Joe)",
        "Joe <a@b",
        "a @ b",
        "Mikel@Home <m@x>",
        "=?utf-8?Q?J?= <j@x>",
        "\"a\\\"b\" <x@y>",
        "J\u00f6rg <j@x>",
        "Friends: a@b;",
        "<>",
        "\"\" <a@b>",
        "Joe  Q <a@b>"
      })
  void whatNeedsAThoughtIsNot(String value) {
    assertThat(PlainAddresses.parse(value)).isEmpty();
  }

  @Test
  void readsPlainOnesAsTheParserOfAllDoes() {
    Random random = new Random(20260301);
    int plain = 0;
    for (int i = 0; i < 200_000; i++) {
      StringBuilder value = new StringBuilder();
      for (int left = random.nextInt(9); left >= 0; left--) {
        value.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      var read = PlainAddresses.parse(value.toString());
      if (read.isPresent()) {
        plain++;
        Defects defects = new Defects();
        assertThat(read)
            .as(value.toString())
            .hasValue(AddressParser.parseAny(value.toString(), defects));
        assertThat(defects.list()).isEmpty();
      }
    }
    assertThat(plain).isGreaterThan(1000);
  }
}

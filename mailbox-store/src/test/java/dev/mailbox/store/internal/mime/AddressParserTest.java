// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.content.Address;
import dev.mailbox.content.Defect;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressParserTest {
  /** Each address as {@code name|address}, joined by a slash. */
  private static String parsed(String value) {
    return AddressParser.parse(value, new Defects()).stream()
        .map(a -> a.name() + "|" + a.address())
        .collect(Collectors.joining("/"));
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '`',
      value = {
        "joe@example.org § |joe@example.org",
        "Joe <joe@example.org> § Joe|joe@example.org",
        "Joe Q. Public <joe@x.org> § Joe Q. Public|joe@x.org",
        "\"Public, Joe\" <joe@x.org>, b@y § Public, Joe|joe@x.org/|b@y",
        "\"a \\\"b\\\" c\" <x@y> § a \"b\" c|x@y",
        "joe@x.org (Joe) § Joe|joe@x.org",
        "joe@x.org ((Joe)) § Joe|joe@x.org",
        "Joe (Acme) <joe@x.org> § Joe (Acme)|joe@x.org",
        "<joe@x.org> (Joe) § Joe|joe@x.org",
        "<joe@x.org> Joe § Joe|joe@x.org",
        "Joe joe@x.org § Joe|joe@x.org",
        "Joe <joe@x.org § Joe|joe@x.org",
        "Joe <a@b, Bob <c@d> § Joe|a@b/Bob|c@d",
        "a@b; c@d § |a@b/|c@d",
        "a@b c@d § |a@b/|c@d",
        "Bob <a@b> Tom <c@d> § Bob|a@b/Tom|c@d",
        "undisclosed-recipients:; § ``",
        "<Undisclosed-Recipient:;> § ``",
        "Friends: a@b, Bob <c@d>; e@f § |a@b/Bob|c@d/|e@f",
        "Friends: Others: a@b;; § |a@b",
        "<@r1,@r2:joe@x.org> § |joe@x.org",
        "joe@[192.0.2.1] § |joe@[192.0.2.1]",
        "joe@[IPv6:2001:db8::1], b@c § |joe@[IPv6:2001:db8::1]/|b@c",
        "\"joe smith\"@x.org § |\"joe smith\"@x.org",
        "joe @ x.org § |joe@x.org",
        "Joe § Joe|",
        "Joe, Bob § Joe|/Bob|",
        "Joe <> § Joe|",
        "<> § ``",
        ", ,; § ``",
        "a@b, § |a@b",
        "mailto:a@b § |a@b",
        "<mailto:a@b> § |a@b",
        "<<a@b>> § |a@b",
        "< a@b > § |a@b",
        "c@(host)public.example § host|c@public.example",
        "<c(his)@public(host)> § |c@public",
        "(only a comment) § ``",
        "\"unclosed <a@b> § \"unclosed|a@b",
        "unclosed (comment <a@b> § unclosed (comment|a@b",
        "O'Neil <o@x> § O'Neil|o@x",
        "Mikel@Home <m@x> § Mikel@Home|m@x",
        "=?utf-8?Q?J=C3=B6rg?= <j@x> § Jörg|j@x",
        "\"=?utf-8?Q?J=C3=B6rg?=\" <j@x> § Jörg|j@x",
        "=?utf-8?Q?Doe,_J?= <j@x> § Doe, J|j@x",
        "=?utf-8?Q?Doe, J?= <j@x> § Doe, J|j@x",
        "=?utf-8?B?w4Q=?= =?utf-8?B?w5Y=?= <j@x> § ÄÖ|j@x",
        "j@x (=?utf-8?Q?J=C3=B6rg?=) § Jörg|j@x",
        "Jörg <jörg@exämple.org> § Jörg|jörg@exämple.org",
        "=?utf-8?Q?a=0D=0AB?= <j@x> § a  B|j@x",
      })
  void readsAddressesAsPeopleWriteThem(String value, String expected) {
    assertThat(parsed(value)).isEqualTo(expected);
  }

  @Test
  void aFieldGivesNoMoreThanFiftyThousandAddresses() {
    Defects defects = new Defects();
    assertThat(AddressParser.parse("a@b,".repeat(50_001), defects)).hasSize(50_000);
    assertThat(Mails.kinds(defects.list())).containsExactly(Defect.Kind.LIMIT);
  }

  @Test
  void exactlyFiftyThousandAreNoDefect() {
    Defects defects = new Defects();
    String value = "a@b,".repeat(49_999) + "a@b";
    assertThat(AddressParser.parse(value, defects))
        .hasSize(50_000)
        .contains(new Address("", "a@b"));
    assertThat(defects.list()).isEmpty();
  }
}

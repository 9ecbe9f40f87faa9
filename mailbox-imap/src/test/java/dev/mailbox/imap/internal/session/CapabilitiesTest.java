// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.wire.Literals;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CapabilitiesTest {
  private static List<Boolean> all(Capabilities c) {
    return List.of(
        c.uidPlus(), c.move(), c.idle(), c.namespace(), c.esearch(), c.unselect(), c.saslIr());
  }

  @Test
  void namesAreKeptInCapitalsAndInOrder() {
    Capabilities capabilities = Capabilities.parse("  IMAP4rev1  Idle AUTH=plain ");

    assertThat(capabilities.names()).containsExactly("IMAP4REV1", "IDLE", "AUTH=PLAIN");
    assertThat(capabilities.known()).isTrue();
    assertThat(capabilities.offers("AUTH=PLAIN")).isTrue();
    assertThat(capabilities.offers("AUTH=")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "     "})
  void serverThatSaysNothingIsUnknown(String words) {
    assertThat(Capabilities.parse(words)).isEqualTo(Capabilities.UNKNOWN);
    assertThat(Capabilities.UNKNOWN.known()).isFalse();
    assertThat(all(Capabilities.UNKNOWN)).containsOnly(false);
  }

  @Test
  void oldServerCanDoWhatItNames() {
    assertThat(all(Capabilities.parse("IMAP4rev1"))).containsOnly(false);
    assertThat(
            all(
                Capabilities.parse(
                    "IMAP4rev1 UIDPLUS MOVE IDLE NAMESPACE ESEARCH UNSELECT SASL-IR")))
        .containsOnly(true);
    assertThat(Capabilities.parse("IMAP4rev1 MOVE").move()).isTrue();
    assertThat(Capabilities.parse("IMAP4rev1 MOVE").uidPlus()).isFalse();
    assertThat(Capabilities.parse("XMOVE MOVED").move()).isFalse();
  }

  @Test
  void newServerCanDoWhatItsVersionHolds() {
    assertThat(all(Capabilities.parse("IMAP4rev2"))).containsOnly(true);
  }

  @ParameterizedTest
  @CsvSource({
    "IMAP4rev1,SYNCHRONIZING",
    "IMAP4rev1 LITERAL-,SMALL_AT_ONCE",
    "IMAP4rev1 LITERAL+,AT_ONCE",
    "IMAP4rev1 LITERAL- LITERAL+,AT_ONCE",
    "IMAP4rev2,SMALL_AT_ONCE",
    "IMAP4rev2 LITERAL+,AT_ONCE",
  })
  void literalsGoAsTheServerTakesThem(String words, Literals literals) {
    assertThat(Capabilities.parse(words).literals()).isEqualTo(literals);
  }

  @Test
  void specialUseIsListedOnlyWhereListingIsExtended() {
    assertThat(Capabilities.parse("SPECIAL-USE LIST-EXTENDED").listsSpecialUse()).isTrue();
    assertThat(Capabilities.parse("SPECIAL-USE").listsSpecialUse()).isFalse();
    assertThat(Capabilities.parse("LIST-EXTENDED").listsSpecialUse()).isFalse();
  }

  @Test
  void whatIsMadeUpIsBounded() {
    assertThat(Capabilities.parse("A ".repeat(100_000)).names()).hasSizeLessThanOrEqualTo(300);
    assertThat(Capabilities.parse("A".repeat(100_000) + " IDLE").names()).containsExactly("IDLE");
    assertThat(Capabilities.parse("A\u0007B\u00e9").names()).containsExactly("A?B?");
  }
}

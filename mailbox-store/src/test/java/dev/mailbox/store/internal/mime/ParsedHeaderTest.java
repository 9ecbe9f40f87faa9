// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.content.Address;
import dev.mailbox.content.Defect;
import dev.mailbox.content.Envelope;
import dev.mailbox.content.HeaderField;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ParsedHeaderTest {
  @Test
  void envelopeHasAllCommonFields() {
    Envelope envelope =
        Mails.header(
                "Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=",
                "FROM: Ann <ann@x>",
                "Sender: bot@x",
                "Reply-To: re@x",
                "To: a@x,",
                " b@x",
                "Cc: c@x",
                "Bcc: d@x",
                "Date: Fri, 21 Nov 1997 09:55:06 -0600",
                "Message-ID:  <1@x> ",
                "In-Reply-To: <2@x>",
                "References: <3@x>",
                "\t<4@x>",
                "")
            .envelope();
    assertThat(envelope.subject()).isEqualTo("Grüße");
    assertThat(envelope.from()).containsExactly(new Address("Ann", "ann@x"));
    assertThat(envelope.sender()).containsExactly(new Address("", "bot@x"));
    assertThat(envelope.replyTo()).containsExactly(new Address("", "re@x"));
    assertThat(envelope.to()).containsExactly(new Address("", "a@x"), new Address("", "b@x"));
    assertThat(envelope.cc()).containsExactly(new Address("", "c@x"));
    assertThat(envelope.bcc()).containsExactly(new Address("", "d@x"));
    assertThat(envelope.sentAt()).contains(Instant.parse("1997-11-21T15:55:06Z"));
    assertThat(envelope.messageId()).isEqualTo("<1@x>");
    assertThat(envelope.inReplyTo()).containsExactly("<2@x>");
    assertThat(envelope.references()).containsExactly("<3@x>", "<4@x>");
  }

  @Test
  void absentFieldsAreEmpty() {
    Envelope envelope = Mails.header("").envelope();
    assertThat(envelope.subject()).isEmpty();
    assertThat(envelope.from()).isEmpty();
    assertThat(envelope.sentAt()).isEmpty();
    assertThat(envelope.messageId()).isEmpty();
  }

  @Test
  void fieldsEndAtTheEmptyLine() {
    assertThat(Mails.header("A: b", "", "Subject: body").envelope().subject()).isEmpty();
  }

  @Test
  void theFirstOfSeveralFieldsCounts() {
    assertThat(Mails.header("Subject: a", "Subject: b").envelope().subject()).isEqualTo("a");
  }

  @Test
  void lineEndsMayBeMixed() {
    ParsedHeader header = ParsedHeader.parse(Mails.bytes("Subject: a\n b\r\n\tc\nTo: x@y\r\n\n"));
    assertThat(header.envelope().subject()).isEqualTo("a b c");
    assertThat(header.envelope().to()).hasSize(1);
  }

  @Test
  void bytesAbove127AreUtf8OrElseWindows1252() {
    assertThat(ParsedHeader.parse(Mails.bytes("Subject: Grüße €\n")).envelope().subject())
        .isEqualTo("Grüße €");
    assertThat(ParsedHeader.parse(Mails.latin1("Subject: Gr\u00fc\u00dfe \u0080\n")).envelope())
        .extracting(Envelope::subject)
        .isEqualTo("Grüße €");
  }

  @Test
  void aNameCutInsideItsLastCharacterIsStillUtf8() {
    byte[] cut =
        Mails.latin1(
            "Subject: "
                + new String(Mails.bytes("Картинка"), 0, 15, StandardCharsets.ISO_8859_1)
                + "\n");
    assertThat(ParsedHeader.parse(cut).envelope().subject()).isEqualTo("Картинк\uFFFD");
  }

  @Test
  void theLineThatMboxFilesAddIsPassedOver() {
    ParsedHeader header = Mails.header("From a@x Mon Jan  1 00:00:00 2024", "Subject: s", "");
    assertThat(header.envelope().subject()).isEqualTo("s");
    assertThat(header.envelope().from()).isEmpty();
    assertThat(header.defects()).isEmpty();
  }

  @Test
  void linesThatAreNoFieldsAreDefects() {
    ParsedHeader header =
        Mails.header(" fold of nothing", "Subject: s", "nonsense", ": no name", "To : a@x", "");
    assertThat(header.envelope().subject()).isEqualTo("s");
    assertThat(header.envelope().to()).containsExactly(new Address("", "a@x"));
    assertThat(Mails.kinds(header.defects())).containsExactly(Defect.Kind.HEADER_SYNTAX);
  }

  @Test
  void receivedAtIsTheDateOfTheTopmostReceivedField() {
    ParsedHeader header =
        Mails.header(
            "Received: from a; b by c;",
            "\tSat, 22 Nov 1997 10:00:00 +0000",
            "Received: by d; Fri, 21 Nov 1997 10:00:00 +0000");
    assertThat(header.receivedAt()).contains(Instant.parse("1997-11-22T10:00:00Z"));
    assertThat(Mails.header("Received: by x", "Date: 1 Jan 2000").receivedAt()).isEmpty();
    assertThat(Mails.header("Subject: s").receivedAt()).isEmpty();
  }

  @Test
  void headersAreUnfoldedAndDecoded() {
    ParsedHeader header = Mails.header("X-A: one", " two", "x-a: =?utf-8?Q?=C3=84?=", "Empty:");
    assertThat(header.headers().fields())
        .containsExactly(
            new HeaderField("X-A", "one two"),
            new HeaderField("x-a", "Ä"),
            new HeaderField("Empty", ""));
    assertThat(header.raw("X-a")).containsExactly("one two", "=?utf-8?Q?=C3=84?=");
  }

  @Test
  void decodedValuesHoldNoControlCharacters() {
    ParsedHeader header =
        Mails.header("Subject: =?utf-8?Q?a=0D=0ABcc:_x=00=1B[2J=C2=9B?=", "X: a\u0000b\tc\rd");
    assertThat(header.envelope().subject()).isEqualTo("a  Bcc: x\uFFFD\uFFFD[2J\uFFFD");
    assertThat(header.headers().first("x")).contains("a\uFFFDb c d");
  }

  @Test
  void messageIdsAreReadAsTheyAreWritten() {
    assertThat(Mails.header("Message-Id: no-brackets@x").envelope().messageId())
        .isEqualTo("no-brackets@x");
    assertThat(Mails.header("Message-Id: <split", " id@x>").envelope().messageId())
        .isEqualTo("<splitid@x>");
    assertThat(Mails.header("In-Reply-To: Your message of \"now\" <1@x>").envelope().inReplyTo())
        .containsExactly("<1@x>");
    assertThat(Mails.header("References: <1@x><2@x>, <3@x> <broken").envelope().references())
        .containsExactly("<1@x>", "<2@x>", "<3@x>");
  }

  @Test
  void ofTooManyReferencesTheNearestStay() {
    StringBuilder value = new StringBuilder("References:");
    for (int i = 0; i < 1_500; i++) {
      value.append(" <").append(i).append("@x>");
    }
    ParsedHeader header = Mails.header(value.toString());
    assertThat(header.envelope().references()).hasSize(1_000).endsWith("<1499@x>");
    assertThat(Mails.kinds(header.defects())).containsExactly(Defect.Kind.LIMIT);
  }

  @Test
  void aFieldIsCutAtOneMebibyteAndTheNextIsStillRead() {
    ParsedHeader header = Mails.header("Subject: " + "a".repeat(2 << 20), "To: a@x", "");
    assertThat(header.envelope().subject()).hasSizeBetween((1 << 20) - 20, 1 << 20);
    assertThat(header.envelope().to()).hasSize(1);
    assertThat(Mails.kinds(header.defects())).containsExactly(Defect.Kind.LIMIT);
  }

  @Test
  void noMoreThanTenThousandFieldsAreRead() {
    ParsedHeader header = ParsedHeader.parse(Mails.bytes("A: b\n".repeat(10_001)));
    assertThat(header.headers().fields()).hasSize(10_000);
    assertThat(Mails.kinds(header.defects())).containsExactly(Defect.Kind.LIMIT);
  }
}

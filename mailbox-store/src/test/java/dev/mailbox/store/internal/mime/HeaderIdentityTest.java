// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HeaderIdentityTest {
  private static final String WHOLE =
      Mails.lines(
          "Received: by newest; Sat, 22 Nov 1997 10:00:00 +0000",
          "Received: by oldest;",
          "\tFri, 21 Nov 1997 10:00:00 +0000",
          "Subject: a folded",
          " subject",
          "From: Ann <ann@x>",
          "To: b@y",
          "Message-ID: <1@x>",
          "Date: Fri, 21 Nov 1997 09:55:06 -0600",
          "");

  private static byte[] identity(String block) {
    return ParsedHeader.parse(Mails.bytes(block)).identity();
  }

  @Test
  void itIsTheHashOfTheRelaxedFields() throws NoSuchAlgorithmException {
    String canonical =
        Mails.lines(
            "message-id:<1@x>",
            "date:Fri, 21 Nov 1997 09:55:06 -0600",
            "from:Ann <ann@x>",
            "subject:a folded subject",
            "received:by oldest; Fri, 21 Nov 1997 10:00:00 +0000");
    assertThat(identity(WHOLE))
        .isEqualTo(MessageDigest.getInstance("SHA-256").digest(Mails.bytes(canonical)));
  }

  @Test
  void theFieldsAloneInAnyOrderAndFoldingGiveTheSame() {
    String fieldsOnly =
        """
        DATE:Fri, 21 Nov 1997
         09:55:06 -0600
        From: Ann <ann@x>
        Message-Id:
         <1@x>
        Received: by newest; Sat, 22 Nov 1997 10:00:00 +0000
        Received: by oldest; Fri, 21 Nov 1997 10:00:00 +0000\s
        subject: a folded subject

        """;
    assertThat(identity(fieldsOnly)).isEqualTo(identity(WHOLE));
  }

  @Test
  void anMboxLineAndTheBodyDoNotMatter() {
    assertThat(identity("From x y\r\n" + WHOLE + "Subject: body\r\n")).isEqualTo(identity(WHOLE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"<1@x>", "09:55:06", "Ann", "folded", "by oldest"})
  void eachFieldMatters(String part) {
    assertThat(identity(WHOLE.replace(part, "other"))).isNotEqualTo(identity(WHOLE));
  }

  @Test
  void aNewerReceivedFieldDoesNotMatter() {
    assertThat(identity("Received: by another; 1 Jan 2000\r\n" + WHOLE)).isEqualTo(identity(WHOLE));
  }

  @Test
  void absentAndEmptyDiffer() {
    assertThat(identity("From: a\n")).isNotEqualTo(identity("From: a\nSubject:\n"));
  }

  @Test
  void aHeaderWithoutTheFieldsSaysSo() {
    assertThat(ParsedHeader.parse(Mails.bytes("To: a\n")).hasIdentity()).isFalse();
    assertThat(ParsedHeader.parse(Mails.bytes("Received: a\n")).hasIdentity()).isTrue();
  }

  @Test
  void aFieldLongerThanTheFirstBufferIsHashed() {
    String subject = "Subject: " + "long ".repeat(2_000) + "\n";
    assertThat(identity(subject)).isNotEqualTo(identity("Subject: short\n"));
  }
}

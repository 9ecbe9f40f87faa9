// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.testkit.mail.Fixture;
import dev.mailbox.testkit.mail.MailFixtures;
import dev.mailbox.testkit.mail.MailSource;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MailFixturesTest {

  @Test
  void buildsWhatAnIndependentParserReadsBack() throws Exception {
    Instant when = Instant.parse("2025-12-31T23:59:58Z");
    MimeMessage parsed =
        parse(
            mail("Zusammenfassung für Jürgen und alle anderen in der Abteilung")
                .from("Jürgen <j@example.org>")
                .to("a@example.org, b@example.org")
                .date(when.atZone(ZoneOffset.ofHours(3)))
                .header("X-Note", "naïve")
                .text("Grüße\nund Küsse")
                .html("<p>Grüße</p>")
                .attachment("a.bin", new byte[] {1, 2, 3})
                .attachment("big.bin", 5000)
                .build());
    assertThat(parsed.getSubject())
        .isEqualTo("Zusammenfassung für Jürgen und alle anderen in der Abteilung");
    var from = (InternetAddress) parsed.getFrom()[0];
    assertThat(from.getPersonal() + "/" + from.getAddress()).isEqualTo("Jürgen/j@example.org");
    assertThat(parsed.getAllRecipients()).hasSize(2);
    assertThat(parsed.getSentDate().toInstant()).isEqualTo(when);
    var mixed = (MimeMultipart) parsed.getContent();
    assertThat(mixed.getCount()).isEqualTo(3);
    var alternative = (MimeMultipart) mixed.getBodyPart(0).getContent();
    assertThat(alternative.getBodyPart(0).getContent()).isEqualTo("Grüße\r\nund Küsse\r\n");
    assertThat(alternative.getBodyPart(1).getContentType()).startsWith("text/html");
    assertThat(bytes(mixed.getBodyPart(1))).containsExactly(1, 2, 3);
    assertThat(mixed.getBodyPart(1).getFileName()).isEqualTo("a.bin");
    assertThat(bytes(mixed.getBodyPart(2))).hasSize(5000);
  }

  @Test
  void equalCallsGiveEqualBytesButForTheMessageId() {
    assertThat(mail("a").build()).isNotEqualTo(mail("a").build());
    byte[] first = mail("a").messageId("<1@x>").build();
    byte[] second = mail("a").messageId("<1@x>").build();
    assertThat(second).isEqualTo(first);
  }

  @ParameterizedTest
  @EnumSource(Fixture.class)
  void fixturesStayTheSame(Fixture fixture) {
    byte[] first = fixture.raw();
    byte[] second = fixture.raw();
    assertThat(second).isEqualTo(first);
  }

  @Test
  void canonicalFixturesHaveOnlyCrlf() {
    for (Fixture fixture : Fixture.canonical()) {
      assertThat(new String(fixture.raw(), ISO_8859_1).replace("\r\n", ""))
          .as(fixture.name())
          .doesNotContain("\r")
          .doesNotContain("\n");
      assertThat(fixture.raw()).as(fixture.name()).endsWith('\r', '\n');
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SUBJECT_UTF8_BASE64, 日本語の件名とすこし長い文",
    "SUBJECT_UTF8_QUOTED, Grüße",
    "SUBJECT_ISO_2022_JP, こんにちは",
    "SUBJECT_KOI8_R, Привет"
  })
  void encodedSubjectsAreReadBack(Fixture fixture, String subject) throws Exception {
    assertThat(parse(fixture.raw()).getSubject()).isEqualTo(subject);
  }

  @ParameterizedTest
  @CsvSource({
    "TEXT_LATIN1_8BIT, Grüße aus Köln",
    "TEXT_WINDOWS_1251_8BIT, Привет",
    "TEXT_ISO_2022_JP, こんにちは",
    "TEXT_SHIFT_JIS_8BIT, 表示ソフト",
    "TEXT_GB18030_BASE64, 你好，世界",
    "TEXT_UTF_16_BASE64, Grüße",
    "TEXT_UTF8_QUOTED, 'Grüße, in one line '"
  })
  void textsAreReadBack(Fixture fixture, String text) throws Exception {
    assertThat(parse(fixture.raw()).getContent()).isEqualTo(text + "\r\n");
  }

  @Test
  void eightBitHeadersAreEightBit() {
    assertThat(new String(Fixture.HEADER_LATIN1.raw(), ISO_8859_1)).contains("Grüße", "Jürgen");
    assertThat(new String(Fixture.HEADER_8BIT.raw(), UTF_8)).contains("Grüße und Küsse");
  }

  @Test
  void eicarIsWholeInTheMailAndNowhereInTheTestkit() throws Exception {
    byte[] eicar = bytes(((MimeMultipart) parse(Fixture.EICAR.raw()).getContent()).getBodyPart(1));
    assertThat(eicar).hasSize(68);
    assertThat(sha256(eicar))
        .isEqualTo("275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f");
    String text = new String(eicar, ISO_8859_1);
    Path classes =
        Path.of(Fixture.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (var files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, ISO_8859_1)).as(file.toString()).doesNotContain(text);
      }
    }
  }

  @Test
  void nestedAsDeepAsTheySay() throws Exception {
    assertThat(count("Content-Type: multipart/mixed", Fixture.DEEP_MULTIPARTS)).isEqualTo(100);
    assertThat(count("Content-Type: message/rfc822", Fixture.DEEP_MESSAGES)).isEqualTo(30);
  }

  @Test
  void lineEndsAreAsTheySay() {
    assertThat(Fixture.BARE_LF.raw()).contains('\n').doesNotContain('\r');
    assertThat(Fixture.BARE_CR.raw()).contains('\r').doesNotContain('\n');
    assertThat(Fixture.NUL_BYTES.raw()).contains(0);
  }

  @Test
  void duplicateHasTheSameMessageIdAndIsAnother() throws Exception {
    byte[] plain = Fixture.PLAIN.raw();
    byte[] duplicate = Fixture.DUPLICATE_MESSAGE_ID.raw();
    assertThat(parse(duplicate).getMessageID()).isEqualTo(parse(plain).getMessageID());
    assertThat(duplicate).isNotEqualTo(plain);
  }

  @Test
  void unclosedMultipartHasNoClosingBoundary() throws Exception {
    String whole = new String(Fixture.ATTACHMENTS.raw(), ISO_8859_1);
    String cut = new String(Fixture.UNCLOSED_MULTIPART.raw(), ISO_8859_1);
    assertThat(whole).startsWith(cut).contains("=_mixed_").endsWith("--\r\n");
    assertThat(cut).contains("filename*=utf-8''%D1%81");
    assertThat(((MimeMultipart) parse(Fixture.ATTACHMENTS.raw()).getContent()).getCount())
        .isEqualTo(3);
  }

  @Test
  void nestedMessageIsAMessage() throws Exception {
    var outer = (MimeMultipart) parse(Fixture.NESTED_MESSAGE.raw()).getContent();
    var inner = (MimeMessage) outer.getBodyPart(1).getContent();
    assertThat(inner.getSubject()).isEqualTo("Invoice");
    assertThat(((MimeMultipart) inner.getContent()).getCount()).isEqualTo(3);
  }

  @Test
  void hugeMailHasItsSizeAndIsTheSameEachTime() throws Exception {
    MailSource huge = MailFixtures.huge(3 * MailFixtures.MB + 1);
    byte[] once = huge.bytes();
    assertThat(huge.sizeInBytes()).isGreaterThan(3 * MailFixtures.MB).isEqualTo(once.length);
    assertThat(huge.bytes()).isEqualTo(once).endsWith('\r', '\n');
    assertThat(parse(once).getFileName()).isEqualTo("huge.bin");
    try (InputStream in = huge.open()) {
      for (int i = 0; i < 2000; i++) {
        assertThat((byte) in.read()).isEqualTo(once[i]);
      }
    }
  }

  private static int count(String text, Fixture fixture) {
    return new String(fixture.raw(), ISO_8859_1).split(Pattern.quote(text), -1).length - 1;
  }

  private static String sha256(byte[] bytes) throws GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static byte[] bytes(BodyPart part) throws Exception {
    try (InputStream in = part.getInputStream()) {
      return in.readAllBytes();
    }
  }

  private static MimeMessage parse(byte[] raw) throws MessagingException {
    return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(raw));
  }
}

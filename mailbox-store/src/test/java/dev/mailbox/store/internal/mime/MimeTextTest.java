// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.content.Defect;
import dev.mailbox.content.Part;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MimeTextTest {
  private static MimeContent text(String type, byte[] body) {
    byte[] header = Mails.bytes("Content-Type: " + type + "\r\n\r\n");
    byte[] message = Arrays.copyOf(header, header.length + body.length);
    System.arraycopy(body, 0, message, header.length, body.length);
    return Mails.content(message);
  }

  @ParameterizedTest
  @CsvSource({
    "utf-8, UTF-8, Grüße 漢字",
    "iso-8859-1, windows-1252, Grüße €",
    "windows-1251, windows-1251, Привет",
    "koi8-r, KOI8-R, Привет",
    "iso-2022-jp, ISO-2022-JP, 日本語",
    "gb2312, GB18030, 你好鑟",
    "ks_c_5601-1987, x-windows-949, 안녕",
    "Big5, Big5, 你好",
    "utf-16, UTF-16, Grüße",
  })
  void textIsDecodedFromItsCharset(String declared, String real, String text) {
    MimeContent content =
        text("text/plain; charset=" + declared, text.getBytes(Charset.forName(real)));
    assertThat(content.text()).isEqualTo(text);
    assertThat(content.defects()).isEmpty();
    assertThat(content.root().charset()).contains(declared.toLowerCase(Locale.ROOT));
  }

  @Test
  void undeclaredBytesAreUtf8OrElseWindows1252() {
    assertThat(text("text/plain", Mails.bytes("Grüße")).text()).isEqualTo("Grüße");
    assertThat(text("text/plain", Mails.bytes("Grüße")).defects()).isEmpty();
    MimeContent latin = text("text/plain; charset=us-ascii", Mails.latin1("Gr\u00fc\u00dfe"));
    assertThat(latin.text()).isEqualTo("Grüße");
    assertThat(Mails.kinds(latin.defects())).containsExactly(Defect.Kind.CHARSET);
  }

  @Test
  void anUnknownCharsetIsADefectAndGuessed() {
    MimeContent content = text("text/plain; charset=x-nowhere", Mails.bytes("Grüße"));
    assertThat(content.text()).isEqualTo("Grüße");
    assertThat(Mails.kinds(content.defects())).containsExactly(Defect.Kind.CHARSET);
  }

  @Test
  void bytesThatAreNotOfTheCharsetAreReplaced() {
    MimeContent content = text("text/plain; charset=utf-8", Mails.latin1("a\u00e4b"));
    assertThat(content.text()).isEqualTo("a\uFFFDb");
    assertThat(Mails.kinds(content.defects())).containsExactly(Defect.Kind.CHARSET);
  }

  @Test
  void everyCharsetOfThePlatformDecodesAnyBytes() {
    byte[] all = new byte[4096];
    new Random(1).nextBytes(all);
    for (Charset charset : Charset.availableCharsets().values()) {
      MimeContent content = text("text/plain; charset=" + charset.name(), all);
      assertThat(content.text()).as(charset.name()).isNotNull();
      assertThat(EncodedWords.decode("=?" + charset.name() + "?Q?=FF=1B=0E=80=81?=")).isNotNull();
    }
  }

  @Test
  void aByteOrderMarkIsNotPartOfTheText() {
    assertThat(text("text/plain; charset=utf-8", Mails.bytes("\uFEFFa")).text()).isEqualTo("a");
  }

  @Test
  void ofAlternativesThePlainTextIsRead() {
    MimeContent content =
        Mails.multipart(
            "alternative",
            Mails.part("text/plain", "plain"),
            Mails.part("text/html", "<p>html</p>"));
    assertThat(content.text()).isEqualTo("plain");
    assertThat(content.html()).contains("<p>html</p>");
    assertThat(content.attachments()).isEmpty();
  }

  @Test
  void aBlankPlainTextDoesNotHideTheHtml() {
    MimeContent content =
        Mails.multipart(
            "alternative",
            Mails.part("text/plain", " \r\n"),
            Mails.part("text/html", "<p>html</p>"));
    assertThat(content.text()).isEqualTo("html");
  }

  @Test
  void htmlAloneIsReadAsText() {
    MimeContent content = text("text/html", Mails.bytes("<p>a &amp; b</p><p>c</p>"));
    assertThat(content.text()).isEqualTo("a & b\n\nc");
    assertThat(content.html()).contains("<p>a &amp; b</p><p>c</p>");
  }

  @Test
  void textsInSequenceAreJoined() {
    MimeContent content =
        Mails.multipart(
            "mixed",
            Mails.part("text/plain", "one"),
            Mails.part("text/html", "<b>two"),
            Mails.part("text/plain", "three"));
    assertThat(content.text()).isEqualTo("one\ntwo\nthree");
  }

  @Test
  void aSignedMessageGivesItsText() {
    MimeContent content =
        Mails.multipart(
            "signed",
            Mails.part("text/plain", "text"),
            Mails.part("application/pkcs7-signature; name=smime.p7s", "sig"));
    assertThat(content.text()).isEqualTo("text");
    assertThat(content.attachments()).hasSize(1);
  }

  @Test
  void aReportGivesItsTextAndItsOtherPartsAsAttachments() {
    MimeContent content =
        Mails.multipart(
            "report",
            Mails.part("text/plain", "bounced"),
            Mails.part("message/delivery-status", "Action: failed"),
            Mails.part("text/rfc822-headers", "Subject: s"));
    assertThat(content.text()).isEqualTo("bounced");
    assertThat(content.attachments())
        .extracting(Part::contentType)
        .containsExactly("message/delivery-status", "text/rfc822-headers");
  }

  @Test
  void aMessageWithoutTextHasNone() {
    MimeContent content = text("image/png", new byte[] {1, 2, 3});
    assertThat(content.text()).isEmpty();
    assertThat(content.html()).isEmpty();
    assertThat(content.root().text()).isEmpty();
    assertThat(content.attachments()).containsExactly(content.root());
  }

  @Test
  void textIsCutAtFourMebiCharacters() {
    MimeContent content = text("text/plain", "a".repeat(5 << 20).getBytes(StandardCharsets.UTF_8));
    assertThat(content.text()).hasSize(4 << 20);
    assertThat(content.root().text()).hasSize(4 << 20);
    assertThat(content.root().sizeInBytes()).isEqualTo(5 << 20);
    assertThat(Mails.kinds(content.defects())).containsExactly(Defect.Kind.LIMIT);
  }

  @Test
  void theCutDoesNotSplitACharacter() {
    MimeContent content = text("text/plain", Mails.bytes("a" + "😀".repeat(2 << 20)));
    assertThat(content.text()).hasSize((4 << 20) - 1).endsWith("😀");
  }

  @Test
  void joinedTextsAreCutTogether() {
    String part = Mails.part("text/plain", "a".repeat(3 << 20));
    assertThat(Mails.multipart("mixed", part, part).text()).hasSize(4 << 20);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.mail;

import static dev.mailbox.testkit.mail.MailFixtures.mail;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Mails that are ordinary in the wild and hard on programs; each says what is special about it.
 * They are made when they are asked for. For one that does not fit in memory, see {@link
 * MailFixtures#huge}.
 */
public enum Fixture {
  /** Plain text, nothing special. */
  PLAIN(() -> mail("Plain").messageId("<plain@example.org>").text("One line.\n").build()),
  /** Text and HTML of the same content. */
  ALTERNATIVE(
      () -> mail("Both").messageId("<both@example.org>").text("Hi\n").html("<p>Hi</p>").build()),
  /** Text, HTML and two attachments, one of them with a name that is not Latin. */
  ATTACHMENTS(
      () ->
          mail("Invoice")
              .messageId("<invoice@example.org>")
              .text("See attached.\n")
              .html("<p>See attached.</p>")
              .attachment("invoice.pdf", 20_000)
              .attachment("счёт.pdf", 500)
              .build()),
  /** A subject in UTF-8, base64, on two lines. */
  SUBJECT_UTF8_BASE64(
      () -> withSubject(EncodedWords.base64("日本語の件名とすこし長い文", StandardCharsets.UTF_8))),
  /** A subject in UTF-8, Q encoding. */
  SUBJECT_UTF8_QUOTED(() -> withSubject(EncodedWords.quoted("Grüße", StandardCharsets.UTF_8))),
  /** A subject in ISO-2022-JP, whose escape sequences reach from byte to byte. */
  SUBJECT_ISO_2022_JP(
      () -> withSubject(EncodedWords.base64("こんにちは", Charset.forName("ISO-2022-JP")))),
  /** A subject in KOI8-R. */
  SUBJECT_KOI8_R(() -> withSubject(EncodedWords.base64("Привет", Charset.forName("KOI8-R")))),
  /** A subject with an encoded word in a charset that does not exist. */
  SUBJECT_UNKNOWN_CHARSET(() -> withSubject("=?x-no-such?B?SGVsbG8=?=")),
  /** Raw UTF-8 bytes in a header field, which RFC 5322 does not allow. */
  HEADER_8BIT(() -> withSubject(latin("Grüße und Küsse"))),
  /** Raw ISO-8859-1 bytes in subject and display name, which are not valid UTF-8. */
  HEADER_LATIN1(
      () -> text("From: J\u00fcrgen <j@example.org>\r\nSubject: Gr\u00fc\u00dfe\r\n\r\nbody\r\n")),
  /** A header of two thousand fields, one of them folded over a hundred lines. */
  LARGE_HEADER(OddMails::largeHeader),
  /** Text in ISO-8859-1 as 8-bit bytes. */
  TEXT_LATIN1_8BIT(() -> OddMails.body("iso-8859-1", "8bit", "Gr\u00fc\u00dfe aus K\u00f6ln")),
  /** Text in windows-1251 as 8-bit bytes. */
  TEXT_WINDOWS_1251_8BIT(() -> OddMails.body("windows-1251", "8bit", "Привет")),
  /** Text in ISO-2022-JP, as 7-bit bytes with escape sequences. */
  TEXT_ISO_2022_JP(() -> OddMails.body("iso-2022-jp", "7bit", "こんにちは")),
  /** Text in Shift_JIS, whose second bytes can be a backslash. */
  TEXT_SHIFT_JIS_8BIT(() -> OddMails.body("shift_jis", "8bit", "表示ソフト")),
  /** Text in GB18030, base64. */
  TEXT_GB18030_BASE64(() -> OddMails.body("gb18030", "base64", "你好，世界")),
  /** Text in UTF-16 with a byte order mark, base64. */
  TEXT_UTF_16_BASE64(() -> OddMails.body("utf-16", "base64", "Grüße")),
  /** Text in UTF-8, quoted-printable. */
  TEXT_UTF8_QUOTED(() -> OddMails.quoted("Gr=C3=BC=C3=9Fe, =\r\nin one line=20\r\n")),
  /** 8-bit text whose charset nobody has told. */
  TEXT_UNDECLARED_8BIT(() -> text("Subject: undeclared\r\n\r\nna\u00efve caf\u00e9\r\n")),
  /** Text in a charset that does not exist. */
  TEXT_UNKNOWN_CHARSET(
      () -> text("Content-Type: text/plain; charset=x-no-such\r\n\r\nplain words\r\n")),
  /** Base64 with characters that are none, and cut in the middle of a group. */
  BROKEN_BASE64(() -> text("Content-Transfer-Encoding: base64\r\n\r\nSGVs*bG8!\r\nSGVsbG\r\n")),
  /** Quoted-printable with escapes that are none. */
  BROKEN_QUOTED_PRINTABLE(() -> OddMails.quoted("100=% sure =ZZ =4\r\nend=\r\n")),
  /** Attachments with names in encoded words, in pieces (RFC 2231), and with a path. */
  ATTACHMENT_NAMES(OddMails::attachmentNames),
  /** The attachment that every virus scanner takes for a virus and that is none. */
  EICAR(
      () ->
          mail("EICAR")
              .messageId("<eicar@example.org>")
              .attachment("eicar.com", OddMails.eicar())
              .build()),
  /** Every line ends with a bare LF. */
  BARE_LF(() -> text("Subject: bare\nFrom: a@example.org\n\nfirst\nsecond\n")),
  /** CRLF and bare LF mixed, and a bare CR inside a line. */
  MIXED_LINE_ENDS(() -> text("Subject: mixed\r\nX-A: 1\nX-B: 2\r\n\r\none\ntwo\rthree\r\n")),
  /** Every line ends with a bare CR. */
  BARE_CR(() -> text("Subject: bare cr\rFrom: a@example.org\r\rfirst\rsecond\r")),
  /** NUL bytes in a header field and in the body. */
  NUL_BYTES(() -> text("Subject: nul\0l\r\nFrom: a@example.org\r\n\r\nbefore\0after\r\n")),
  /** Lines that begin with a dot, of one dot, and a dot as the last line: POP3 dot-stuffing. */
  DOTS(() -> text("Subject: dots\r\n\r\n.\r\n..\r\n.a\r\n...b\r\na.\r\n\r\n.\r\n.\r\n")),
  /** The last line has no line end. */
  NO_FINAL_LINE_END(() -> text("Subject: open\r\n\r\nlast line")),
  /** A last line of one dot without a line end. */
  FINAL_DOT_WITHOUT_LINE_END(() -> text("Subject: open dot\r\n\r\ntext\r\n.")),
  /** A multipart whose closing boundary is missing, cut in the middle of its last part. */
  UNCLOSED_MULTIPART(() -> withoutTail(ATTACHMENTS.raw(), 300)),
  /** A multipart that names no boundary. */
  NO_BOUNDARY(() -> text("Content-Type: multipart/mixed\r\n\r\n--b\r\n\r\npart\r\n--b--\r\n")),
  /** A multipart whose boundary does not come. */
  UNUSED_BOUNDARY(
      () -> text("Content-Type: multipart/mixed; boundary=b\r\n\r\nThere is no part.\r\n")),
  /** A part whose boundary begins as that of the multipart around it. */
  BOUNDARY_WITH_THE_SAME_START(OddMails::similarBoundaries),
  /** A hundred multiparts, each in another. */
  DEEP_MULTIPARTS(() -> OddMails.deepMultiparts(100)),
  /** Thirty mails, each attached to another. */
  DEEP_MESSAGES(() -> OddMails.deepMessages(30)),
  /** No byte at all. */
  EMPTY(() -> text("")),
  /** Only a header, and no blank line behind it. */
  HEADER_ONLY(() -> text("Subject: only a header\r\nFrom: a@example.org\r\n")),
  /** A blank line first, so that there is no header. */
  BODY_ONLY(() -> text("\r\nThere is no header.\r\n")),
  /** A header line without a colon and a continuation line at the very start. */
  BROKEN_HEADER(() -> text(" folded\r\nno colon here\r\nSubject: broken\r\n\r\nbody\r\n")),
  /** Addresses that no grammar allows. */
  ILLEGAL_ADDRESSES(() -> text("From: <@>, a@@b, \"open\r\nTo: undisclosed\r\n\r\nbody\r\n")),
  /** A line far longer than the 998 characters of RFC 5322. */
  LONG_LINE(() -> text("Subject: long\r\n\r\n" + "x".repeat(100_000) + "\r\n")),
  /** A mail with an attached mail (message/rfc822) that has an attachment. */
  NESTED_MESSAGE(
      () ->
          mail("Fwd: Invoice").messageId("<fwd@example.org>").forwarded(ATTACHMENTS.raw()).build()),
  /** The same Message-ID as {@link #PLAIN}, but another mail. */
  DUPLICATE_MESSAGE_ID(
      () -> mail("Another").messageId("<plain@example.org>").text("Another.\n").build()),
  /** A message id that is missing, and a date that is none. */
  NO_IDENTITY(() -> text("Subject: who\r\nDate: yesterday\r\n\r\nbody\r\n"));

  private static final Set<String> NOT_CRLF_ONLY =
      Set.of(
          "BARE_LF",
          "BARE_CR",
          "MIXED_LINE_ENDS",
          "NO_FINAL_LINE_END",
          "FINAL_DOT_WITHOUT_LINE_END");

  // The suppliers hold nothing that could change.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Supplier<byte[]> maker;

  Fixture(Supplier<byte[]> maker) {
    this.maker = maker;
  }

  /** The raw bytes, the same each time. */
  public byte[] raw() {
    return maker.get();
  }

  /**
   * Whether every line, the last too, ends with CRLF and holds no other CR or LF. Only such mails
   * can be expected to come back byte for byte from any server.
   */
  public boolean isCanonical() {
    return !NOT_CRLF_ONLY.contains(name()) && this != UNCLOSED_MULTIPART;
  }

  /** All fixtures that {@link #isCanonical} holds for and that have at least one byte. */
  public static List<Fixture> canonical() {
    return List.of(values()).stream().filter(f -> f.isCanonical() && f != EMPTY).toList();
  }

  private static byte[] withSubject(String encoded) {
    return text(
        "From: alice@example.org\r\nSubject: "
            + encoded
            + "\r\nMessage-ID: <subject@example.org>\r\n\r\nbody\r\n");
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String latin(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static byte[] withoutTail(byte[] raw, int length) {
    return Arrays.copyOf(raw, raw.length - length);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples;

import static dev.mailbox.testkit.mail.MailFixtures.KB;
import static dev.mailbox.testkit.mail.MailFixtures.mail;

import dev.mailbox.testkit.ServerFolder;
import dev.mailbox.testkit.mail.MailBuilder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** A handful of mails such as people get. */
final class SampleMails {
  private SampleMails() {}

  static void deliverTo(ServerFolder inbox) {
    ZonedDateTime now = ZonedDateTime.now(ZoneId.systemDefault());
    inbox.deliver(invoice().date(now.minusDays(2)));
    inbox.deliver(japanese().date(now.minusHours(30)));
    inbox.deliver(russian().date(now.minusHours(20)));
    inbox.deliver(question().date(now.minusHours(5)));
    inbox.deliver(reply().date(now.minusHours(3)));
    inbox.deliver(truncated(scan().date(now.minusHours(1)).build()));
  }

  private static MailBuilder invoice() {
    return mail("Your invoice for November")
        .from("Harbor Books <billing@harborbooks.example>")
        .text("Dear Alice,\n\nyour invoice is attached. Thank you for reading with us.\n")
        .html("<p>Dear Alice,</p><p>your <b>invoice</b> is attached.</p>")
        .attachment("invoice-2026-11.pdf", 48 * KB)
        .attachment("условия доставки.pdf", 9 * KB);
  }

  private static MailBuilder japanese() {
    return mail("京都旅行の写真を送ります")
        .from("佐藤 花子 <hanako@example.jp>")
        .text("アリスさん\n\n先週の写真を添付しました。ご覧ください。\n")
        .attachment("金閣寺.jpg", 30 * KB);
  }

  private static MailBuilder russian() {
    return mail("Привет из Сантьяго")
        .from("Иван Петров <ivan@example.ru>")
        .text("Алиса, привет!\n\nМы дошли до Сантьяго пешком, 780 километров.\n");
  }

  private static MailBuilder question() {
    return mail("Lunch on Thursday?")
        .from("Bob <bob@example.org>")
        .messageId("<lunch@example.org>")
        .text("Hi Alice,\n\nthe usual place at noon?\n");
  }

  private static MailBuilder reply() {
    return mail("Re: Lunch on Thursday?")
        .from("Carol Müller <carol@example.org>")
        .header("In-Reply-To", "<lunch@example.org>")
        .header("References", "<lunch@example.org>")
        .text("Count me in.\n\nOn Thursday, Bob wrote:\n> the usual place at noon?\n");
  }

  private static MailBuilder scan() {
    return mail("Scan from the office printer")
        .from("printer@example.org")
        .text("Scanned pages: 2\n")
        .attachment("scan0001.tif", 12 * KB);
  }

  /** The printer ran out of memory: the last boundary and some of the attachment are missing. */
  private static byte[] truncated(byte[] mail) {
    String text = new String(mail, StandardCharsets.ISO_8859_1);
    String start = text.substring(0, text.length() * 2 / 3);
    return (start + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }
}

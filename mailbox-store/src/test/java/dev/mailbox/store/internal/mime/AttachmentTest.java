// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.content.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AttachmentTest {
  private static final String TEXT = Mails.part("text/plain", "text");
  private static final String PAGE = Mails.part("text/html", "<img src=\"cid:pic@x\">");

  private static String image(String more) {
    return Mails.part("image/png; name=a.png\r\n" + more, "png");
  }

  @Test
  void filesAreAttachmentsWithTheirNames() {
    MimeContent content =
        Mails.multipart(
            "mixed",
            TEXT,
            Mails.part(
                "application/pdf\r\nContent-Disposition: attachment;"
                    + "\r\n filename*=utf-8''Rechnung%20%C3%84.pdf",
                "pdf"));
    Part pdf = content.attachments().get(0);
    assertThat(content.attachments()).hasSize(1);
    assertThat(pdf.fileName()).contains("Rechnung Ä.pdf");
    assertThat(pdf.safeFileName()).isEqualTo("Rechnung Ä.pdf");
    assertThat(pdf.isAttachment()).isTrue();
    assertThat(Mails.readText(pdf)).isEqualTo("pdf");
    assertThat(content.inlineParts()).isEmpty();
  }

  @Test
  void aTextWithDispositionAttachmentIsNotRead() {
    MimeContent content =
        Mails.multipart(
            "mixed", TEXT, Mails.part("text/plain\r\nContent-Disposition: ATTACHMENT", "not read"));
    assertThat(content.text()).isEqualTo("text");
    assertThat(content.attachments()).hasSize(1);
  }

  @Test
  void aNamedTextIsAnAttachmentUnlessTheMessageBeginsWithIt() {
    MimeContent content =
        Mails.multipart(
            "mixed",
            Mails.part("text/plain; name=body.txt", "text"),
            Mails.part("text/plain; name=log.txt", "log"));
    assertThat(content.text()).isEqualTo("text");
    assertThat(content.attachments()).extracting(Part::safeFileName).containsExactly("log.txt");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Content-Disposition: inline\r\n", "Content-Disposition: attachment\r\n"})
  void whatTheHtmlRefersToIsInline(String disposition) {
    MimeContent content =
        Mails.multipart("related", PAGE, image(disposition + "Content-ID: <pic@x>"));
    assertThat(content.inlineParts()).hasSize(1);
    assertThat(content.inlineParts().get(0).contentId()).contains("pic@x");
    assertThat(content.inlineParts().get(0).isAttachment()).isFalse();
    assertThat(content.attachments()).isEmpty();
  }

  @Test
  void whatTheHtmlDoesNotReferToIsAnAttachment() {
    MimeContent content =
        Mails.multipart("related", PAGE, image("Content-ID: <other@x>"), image("X: y"));
    assertThat(content.inlineParts()).isEmpty();
    assertThat(content.attachments()).hasSize(2);
  }

  @Test
  void referencesMayBeEscaped() {
    MimeContent content =
        Mails.multipart(
            "mixed", Mails.part("text/html", "<img src='CID:a%20b'>"), image("Content-ID: <a b>"));
    assertThat(content.inlineParts()).hasSize(1);
  }

  @Test
  void anInvitationAmongAlternativesIsAnAttachmentButAnotherFormOfTheTextIsNot() {
    MimeContent content =
        Mails.multipart(
            "alternative",
            TEXT,
            Mails.part("text/x-amp-html", "<html>"),
            Mails.part("text/calendar; method=REQUEST", "BEGIN:VCALENDAR"));
    assertThat(content.attachments())
        .extracting(Part::contentType)
        .containsExactly("text/calendar");
  }

  @Test
  void attachmentsInsideNestedMultipartsAreFoundThoseOfAttachedMessagesAreTheirs() {
    String inner =
        "Content-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\n" + image("X: y") + "\r\n--i--";
    String attached = Mails.part("message/rfc822", inner);
    MimeContent content = Mails.multipart("mixed", inner, attached);
    assertThat(content.attachments())
        .extracting(Part::contentType)
        .containsExactly("image/png", "message/rfc822");
  }

  @Test
  void partHeadersAreThoseOfThePart() {
    MimeContent content = Mails.multipart("mixed", image("X-Note: =?utf-8?Q?=C3=84?="));
    assertThat(content.root().children().get(0).headers().first("x-note")).contains("Ä");
    assertThat(content.root().headers().first("x-note")).isEmpty();
    assertThat(content.root().children().get(0)).hasToString("image/png \"a.png\"");
  }
}

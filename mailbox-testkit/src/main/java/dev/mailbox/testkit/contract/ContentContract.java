// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static dev.mailbox.testkit.contract.Reading.onlyOne;
import static dev.mailbox.testkit.contract.Reading.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.content.MessageContent;
import dev.mailbox.content.Part;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A message taken apart: text, HTML, and the tree of its parts. */
public interface ContentContract extends ContractSubject {
  @Test
  default void plainTextIsDecoded() {
    Mail mail =
        Mail.of("plain")
            .type("text/plain; charset=ISO-8859-1")
            .field("Content-Transfer-Encoding: quoted-printable")
            .body("Gr=FC=DFe =\naus Z=FCrich\n");

    read(
        mail,
        content -> {
          assertThat(content.text().strip()).isEqualTo("Grüße aus Zürich");
          assertThat(content.html()).isEmpty();
          assertThat(content.attachments()).isEmpty();
          assertThat(content.defects()).isEmpty();
        });
  }

  @Test
  default void base64TextIsDecoded() {
    Mail mail =
        Mail.of("base64")
            .field("Content-Transfer-Encoding: base64")
            .body("R3LDvMOfZSBhdXMg\nWsO8cmljaA==\n");

    read(mail, content -> assertThat(content.text().strip()).isEqualTo("Grüße aus Zürich"));
  }

  @Test
  default void plainTextIsPreferredToHtml() {
    read(
        alternative(),
        content -> {
          assertThat(content.text().strip()).isEqualTo("the plain text");
          assertThat(content.html().orElseThrow().strip()).isEqualTo("<p>the <b>HTML</b></p>");
          assertThat(content.attachments()).isEmpty();
          assertThat(content.inlineParts()).isEmpty();
        });
  }

  @Test
  default void htmlAloneIsReadAsText() {
    Mail mail =
        Mail.of("html")
            .type("text/html; charset=utf-8")
            .body(
                "<html><body><p>caf&eacute; &amp; cake</p><script>evil()</script></body></html>\n");

    read(
        mail,
        content -> {
          assertThat(content.text()).contains("café & cake").doesNotContain("<", "evil");
          assertThat(content.html().orElseThrow()).contains("<script>evil()</script>");
        });
  }

  @Test
  default void inlineTextsOfAMultipartAreJoined() {
    Mail mail =
        Mail.of("mixed")
            .type("multipart/mixed; boundary=b")
            .body(
                """
                --b
                Content-Type: text/plain

                first part
                --b
                Content-Type: text/plain

                second part
                --b--
                """);

    read(mail, content -> assertThat(content.text()).containsSubsequence("first", "second part"));
  }

  @Test
  default void messageWithoutTextHasEmptyText() {
    Mail mail =
        Mail.of("image")
            .type("image/png; name=dot.png")
            .field("Content-Transfer-Encoding: base64")
            .field("Content-Disposition: attachment; filename=dot.png")
            .body("iVBORw0KGgo=\n");

    read(
        mail,
        content -> {
          assertThat(content.text()).isEmpty();
          assertThat(content.html()).isEmpty();
          assertThat(content.attachments()).hasSize(1);
        });
  }

  @Test
  default void partsThatTheHtmlRefersToAreInline() {
    Mail mail =
        Mail.of("related")
            .type("multipart/related; boundary=b")
            .body(
                """
                --b
                Content-Type: text/html; charset=utf-8

                <img src="cid:logo@example.org">
                --b
                Content-Type: image/png
                Content-ID: <logo@example.org>
                Content-Disposition: inline; filename=logo.png
                Content-Transfer-Encoding: base64

                iVBORw0KGgo=
                --b--
                """);

    read(
        mail,
        content -> {
          assertThat(content.inlineParts()).hasSize(1);
          Part logo = content.inlineParts().get(0);
          assertThat(logo.contentId()).contains("logo@example.org");
          assertThat(logo.isAttachment()).isFalse();
          assertThat(text(logo.open())).isEqualTo("\u0089PNG\r\n\u001a\n");
          assertThat(content.attachments()).isEmpty();
        });
  }

  @Test
  default void treeShowsAllParts() {
    read(
        alternative(),
        content -> {
          Part root = content.root();
          assertThat(root.contentType()).isEqualTo("multipart/alternative");
          assertThat(root.sizeInBytes()).isZero();
          assertThat(text(root.open())).isEmpty();
          assertThat(root.children())
              .extracting(Part::contentType)
              .containsExactly("text/plain", "text/html");
          assertThat(root.children().get(1).charset()).contains("utf-8");
          assertThat(root.children().get(1).text()).contains("<b>HTML</b>");
          assertThat(root.children().get(0).children()).isEmpty();
          assertThat(root.children().get(0).headers().first("content-type")).isPresent();
        });
  }

  @Test
  default void charsetsOfTheWorldAreDecoded() {
    Mail mail =
        Mail.of("koi8")
            .type("text/plain; charset=KOI8-R")
            .field("Content-Transfer-Encoding: base64")
            .body("8NLJ18XU\n");

    read(
        mail,
        content -> {
          assertThat(content.text().strip()).isEqualTo("Привет");
          assertThat(content.root().charset()).contains("koi8-r");
        });
  }

  private static Mail alternative() {
    return Mail.of("alternative")
        .type("multipart/alternative; boundary=\"b 1\"")
        .body(
            """
            This is for readers from long ago.
            --b 1
            Content-Type: Text/PLAIN; charset=us-ascii

            the plain text
            --b 1
            Content-Type: text/html; charset=UTF-8

            <p>the <b>HTML</b></p>
            --b 1--
            And so is this.
            """);
  }

  private void read(Mail mail, Consumer<MessageContent> test) {
    try (Account account = Account.of(this)) {
      test.accept(onlyOne(account.synced(mail)).content());
    }
  }
}

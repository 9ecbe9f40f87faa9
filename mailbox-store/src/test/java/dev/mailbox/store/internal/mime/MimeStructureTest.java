// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.content.Defect;
import dev.mailbox.content.Part;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MimeStructureTest {
  @Test
  void aPlainMessageIsOneText() {
    MimeContent content = Mails.content("Subject: s", "", "Hello", "world");
    assertThat(Mails.tree(content.root())).isEqualTo("text/plain");
    assertThat(content.text()).isEqualTo("Hello\nworld\n");
    assertThat(content.root().sizeInBytes()).isEqualTo(14);
    assertThat(content.defects()).isEmpty();
  }

  @Test
  void theLineBreakBeforeABoundaryBelongsToTheBoundary() {
    MimeContent content =
        Mails.multipart(
            "mixed", Mails.part("text/plain", "one"), Mails.part("text/html", "two\r\n"));
    assertThat(Mails.tree(content.root())).isEqualTo("multipart/mixed(text/plain,text/html)");
    assertThat(Mails.readText(content.root().children().get(0))).isEqualTo("one");
    assertThat(Mails.readText(content.root().children().get(1))).isEqualTo("two\r\n");
    assertThat(content.root().sizeInBytes()).isZero();
    assertThat(Mails.read(content.root())).isEmpty();
    assertThat(content.defects()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "\n"})
  void nestedMultipartsAreTakenApart(String lineEnd) {
    String message =
        Mails.lines(
                "Content-Type: multipart/mixed; boundary=\"outer\"",
                "",
                "preamble",
                "--outer",
                "Content-Type: multipart/alternative; boundary=inner",
                "",
                "--inner  ",
                "",
                "plain",
                "--inner",
                "Content-Type: text/html",
                "",
                "<p>",
                "--inner--",
                "epilogue",
                "--outer",
                "Content-Type: image/gif",
                "",
                "gif",
                "--outer--",
                "end")
            .replace("\r\n", lineEnd);
    MimeContent content = Mails.content(Mails.bytes(message));
    assertThat(Mails.tree(content.root()))
        .isEqualTo("multipart/mixed(multipart/alternative(text/plain,text/html),image/gif)");
    assertThat(Mails.readText(content.root().children().get(1))).isEqualTo("gif");
    assertThat(content.defects()).isEmpty();
  }

  @Test
  void aBoundaryThatBeginsWithAnotherIsNotTakenForIt() {
    MimeContent content =
        Mails.content(
            "Content-Type: multipart/mixed; boundary=b",
            "",
            "--b",
            "Content-Type: multipart/mixed; boundary=bb",
            "",
            "--bb",
            "",
            "inner",
            "--b not",
            "--bb--",
            "--b",
            "",
            "outer",
            "--b--");
    assertThat(Mails.tree(content.root()))
        .isEqualTo("multipart/mixed(multipart/mixed(text/plain),text/plain)");
    assertThat(content.text()).isEqualTo("inner\n--b not\nouter");
  }

  @Test
  void withoutALastBoundaryTheLastPartGoesToTheEnd() {
    MimeContent content =
        Mails.content("Content-Type: multipart/mixed; boundary=b", "", "--b", "", "text");
    assertThat(content.text()).isEqualTo("text\n");
    assertThat(Mails.kinds(content.defects())).containsExactly(Defect.Kind.BOUNDARY);
  }

  @Test
  void anOuterBoundaryEndsAnInnerMultipartThatHasNoEnd() {
    MimeContent content =
        Mails.content(
            "Content-Type: multipart/mixed; boundary=o",
            "",
            "--o",
            "Content-Type: multipart/alternative; boundary=i",
            "",
            "--i",
            "",
            "inner",
            "--o",
            "",
            "outer",
            "--o--");
    assertThat(Mails.tree(content.root()))
        .isEqualTo("multipart/mixed(multipart/alternative(text/plain),text/plain)");
    assertThat(Mails.kinds(content.defects())).containsExactly(Defect.Kind.BOUNDARY);
  }

  @Test
  void aBoundaryThatOccursNowhereLosesNothing() {
    MimeContent content =
        Mails.content("Content-Type: multipart/mixed; boundary=b", "", "all of", "--this");
    assertThat(content.text()).isEqualTo("all of\n--this\n");
    assertThat(Mails.readText(content.root())).isEqualTo("all of\r\n--this\r\n");
    assertThat(content.root().sizeInBytes()).isEqualTo(16);
    assertThat(Mails.kinds(content.defects())).containsExactly(Defect.Kind.BOUNDARY);
  }

  @Test
  void aMissingBoundaryParameterIsFoundInTheBody() {
    MimeContent content =
        Mails.content("Content-Type: multipart/mixed", "", "--x y", "", "one", "--x y--");
    assertThat(Mails.tree(content.root())).isEqualTo("multipart/mixed(text/plain)");
    assertThat(content.text()).isEqualTo("one");
    assertThat(Mails.kinds(content.defects())).containsExactly(Defect.Kind.BOUNDARY);
  }

  @Test
  void anAttachedMessageIsAPartWithItsOwnRoot() {
    String attached = Mails.lines("Subject: inner", "Content-Type: text/html", "", "<b>x</b>");
    MimeContent content =
        Mails.multipart(
            "mixed", Mails.part("text/plain", "see"), Mails.part("message/rfc822", attached));
    Part message = content.root().children().get(1);
    assertThat(Mails.tree(content.root()))
        .isEqualTo("multipart/mixed(text/plain,message/rfc822(text/html))");
    assertThat(Mails.readText(message)).isEqualTo(attached);
    assertThat(message.sizeInBytes()).isEqualTo(attached.length());
    assertThat(message.children().get(0).headers().first("subject")).contains("inner");
    assertThat(content.attachments()).containsExactly(message);
    assertThat(content.text()).isEqualTo("see");
  }

  @Test
  void anAttachedMessageInBase64IsTakenApartToo() {
    String attached = Mails.lines("Subject: inner", "", "text");
    MimeContent content =
        Mails.multipart(
            "mixed",
            "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getEncoder().encodeToString(Mails.bytes(attached)));
    Part message = content.root().children().get(0);
    assertThat(Mails.tree(content.root())).isEqualTo("multipart/mixed(message/rfc822(text/plain))");
    assertThat(Mails.readText(message)).isEqualTo(attached);
    assertThat(message.children().get(0).text()).isEqualTo("text\r\n");
    assertThat(message.children().get(0).headers().first("Subject")).contains("inner");
  }

  @Test
  void partsOfADigestAreMessagesByDefault() {
    MimeContent content = Mails.multipart("digest", "\r\nSubject: one\r\n\r\ntext");
    assertThat(Mails.tree(content.root()))
        .isEqualTo("multipart/digest(message/rfc822(text/plain))");
  }

  @Test
  void aMessageMayBeEmpty() {
    assertThat(Mails.content(new byte[0]).text()).isEmpty();
    assertThat(Mails.content(Mails.bytes("\r\n")).text()).isEmpty();
    assertThat(Mails.content(Mails.bytes("\r\nbody")).text()).isEqualTo("body");
    assertThat(Mails.content(Mails.bytes("A: b")).text()).isEmpty();
  }

  @Test
  void aMessageWithoutAHeaderIsAllText() {
    MimeContent content = Mails.content("Hello there", "", "more");
    assertThat(content.text()).isEqualTo("Hello there\n\nmore\n");
    assertThat(Mails.kinds(content.defects())).containsExactly(Defect.Kind.HEADER_SYNTAX);
  }

  @Test
  void aBodyWithoutAnEmptyLineBeforeItIsNotLost() {
    MimeContent content = Mails.content("Subject: s", "no empty line", "came before");
    assertThat(content.text()).isEqualTo("no empty line\ncame before\n");
    MimeContent nested =
        Mails.multipart("mixed", "Content-Transfer-Encoding: base64\r\nno colon\r\nYWJj");
    assertThat(nested.root().children().get(0).sizeInBytes())
        .isEqualTo(Mails.read(nested.root().children().get(0)).length);
  }

  @Test
  void anEmptyPartBetweenTwoBoundariesIsAPart() {
    MimeContent content =
        Mails.content("Content-Type: multipart/mixed; boundary=b", "", "--b", "--b", "", "--b--");
    assertThat(Mails.tree(content.root())).isEqualTo("multipart/mixed(text/plain,text/plain)");
    assertThat(content.root().children()).allMatch(part -> part.sizeInBytes() == 0);
  }

  @Test
  void sizesAreThoseAfterDecoding() {
    MimeContent content =
        Mails.multipart(
            "mixed",
            "Content-Transfer-Encoding: base64\r\n\r\nYWJjZA==\r\n",
            "Content-Transfer-Encoding: Quoted-Printable\r\n\r\na=3Db \r\nc=\r\nd\r\n");
    assertThat(content.root().children().get(0).sizeInBytes()).isEqualTo(4);
    assertThat(content.root().children().get(1).sizeInBytes()).isEqualTo(9);
    assertThat(Mails.readText(content.root().children().get(1))).isEqualTo("a=b\r\ncd\r\n");
  }

  @Test
  void brokenEncodingsAreDefectsAndDecodedAsFarAsTheyGo() {
    MimeContent content =
        Mails.multipart(
            "mixed",
            "Content-Transfer-Encoding: base64\r\n\r\nYW*Jj",
            "Content-Transfer-Encoding: x-strange\r\n\r\nas it is");
    assertThat(content.text()).isEqualTo("abc\nas it is");
    assertThat(Mails.kinds(content.defects())).containsExactly(Defect.Kind.ENCODING);
  }

  @Test
  void anUnreadableTypeIsTextOrForAFileBytes() {
    MimeContent content =
        Mails.multipart(
            "mixed",
            Mails.part("nonsense", "a"),
            Mails.part("nonsense\r\nContent-Disposition: attachment; filename=x", "b"));
    assertThat(Mails.tree(content.root()))
        .isEqualTo("multipart/mixed(text/plain,application/octet-stream)");
  }

  @Test
  void linesLongerThanAnyBufferAreBodies() {
    String line = "x".repeat(300_000);
    MimeContent content = Mails.multipart("mixed", Mails.part("text/plain", line + "\r\n--b not"));
    assertThat(Mails.readText(content.root().children().get(0))).isEqualTo(line + "\r\n--b not");
  }

  @Test
  void partsAreTheSameHoweverTheSourceDeliversItsBytes() {
    byte[] message =
        Mails.bytes(
            Mails.lines(
                "Content-Type: multipart/mixed; boundary=b",
                "",
                "--b",
                "",
                "one",
                "--b",
                "Content-Transfer-Encoding: base64",
                "",
                "YWJj",
                "--b--"));
    MimeContent content = MimeContent.of(new DrippingSource(message));
    assertThat(content.text()).isEqualTo("one\nabc");
    assertThat(content.root().children().get(1).sizeInBytes()).isEqualTo(3);
  }

  @Test
  void anEncodedMultipartWithoutPartsIsDecodedAsAWhole() {
    MimeContent content =
        Mails.content(
            "Content-Type: multipart/mixed; boundary=b",
            "Content-Transfer-Encoding: quoted-printable",
            "",
            "a=3Db",
            "--b--",
            "c");
    assertThat(Mails.readText(content.root())).isEqualTo("a=b\r\n--b--\r\nc\r\n");
    assertThat(content.root().sizeInBytes()).isEqualTo(15);
  }
}

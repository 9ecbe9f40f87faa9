// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.content.Defect;
import dev.mailbox.content.Part;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that have brought other parsers down. The time limits catch what is not linear. */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HostileMimeTest {
  /** Reads everything there is; gives the number of parts. */
  private static int readAll(MimeContent content) {
    assertThat(content.text()).isNotNull();
    assertThat(content.html()).isNotNull();
    assertThat(content.attachments()).isNotNull();
    return readAll(content.root());
  }

  private static int readAll(Part part) {
    assertThat(Mails.read(part)).hasSize(Math.toIntExact(part.sizeInBytes()));
    int count = 1;
    for (Part child : part.children()) {
      count += readAll(child);
    }
    return count;
  }

  private static Part deepest(Part part) {
    Part deepest = part;
    while (!deepest.children().isEmpty()) {
      deepest = deepest.children().get(0);
    }
    return deepest;
  }

  @ParameterizedTest
  @ValueSource(ints = {5_000, 20_000})
  void deeplyNestedMultipartsAreCutAtAHundred(int depth) {
    StringBuilder message = new StringBuilder();
    for (int i = 0; i < depth; i++) {
      message.append("Content-Type: multipart/mixed; boundary=b").append(i).append("\n\n--b");
      message.append(i).append('\n');
    }
    MimeContent content = Mails.content(Mails.bytes(message.append("\nend\n").toString()));
    assertThat(readAll(content)).isEqualTo(101);
    assertThat(Mails.kinds(content.defects())).contains(Defect.Kind.LIMIT);
    assertThat(Mails.readText(deepest(content.root()))).endsWith("\nend\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {5_000, 20_000})
  void deeplyNestedMessagesAreCutAtAHundred(int depth) {
    String message = "Content-Type: message/rfc822\n\n".repeat(depth) + "A: b\n\nend\n";
    MimeContent content = Mails.content(Mails.bytes(message));
    assertThat(Mails.readText(deepest(content.root()))).endsWith("\n\nend\n");
    assertThat(deepest(content.root()).sizeInBytes()).isEqualTo(message.length() - 101L * 30);
    assertThat(Mails.kinds(content.defects())).containsExactly(Defect.Kind.LIMIT);
  }

  @Test
  void aHundredLevelsAreTakenApart() {
    String message = "Content-Type: message/rfc822\n\n".repeat(100) + "A: b\n\nend\n";
    MimeContent content = Mails.content(Mails.bytes(message));
    assertThat(deepest(content.root()).contentType()).isEqualTo("text/plain");
    assertThat(Mails.readText(deepest(content.root()))).isEqualTo("end\n");
    assertThat(content.defects()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {250_000, 1_000_000})
  void ofAMillionEmptyPartsTenThousandAreTakenApart(int parts) {
    String message = "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\n".repeat(parts);
    MimeContent content = Mails.content(Mails.bytes(message));
    assertThat(content.root().children()).hasSize(9_999);
    assertThat(Mails.kinds(content.defects())).contains(Defect.Kind.LIMIT);
    assertThat(Mails.readText(content.root())).isEqualTo("--b\n\n".repeat(parts - 9_999));
  }

  @Test
  void manyPartsOfAnotherEncodingStayReadable() {
    String part = "--b\nContent-Type: application/x\nContent-Transfer-Encoding: base64\n\nYWJj\n";
    String message = "Content-Type: multipart/mixed; boundary=b\n\n" + part.repeat(12_000);
    MimeContent content = Mails.content(Mails.bytes(message));
    assertThat(readAll(content)).isEqualTo(10_000);
    assertThat(content.attachments()).hasSize(9_999);
  }

  @Test
  void nestedAlternativesAreReadOnceEach() {
    StringBuilder message = new StringBuilder();
    for (int i = 0; i < 90; i++) {
      message.append("Content-Type: multipart/alternative; boundary=b").append(i).append("\n\n--b");
      message.append(i).append("\n\n \n--b").append(i).append('\n');
    }
    message.append("Content-Type: text/html\n\n<p>end\n");
    assertThat(Mails.content(Mails.bytes(message.toString())).text()).isEqualTo("end");
  }

  @Test
  void messagesEncodedInsideEncodedOnesAreTakenApartOnce() {
    String message = "A: b\n\nend\n";
    String header = "Content-Type: message/rfc822\nContent-Transfer-Encoding: quoted-printable\n\n";
    for (int i = 0; i < 50; i++) {
      message = header + message.replace("=", "=3D");
    }
    assertThat(readAll(Mails.content(Mails.bytes(message)))).isEqualTo(2);
  }

  @Test
  void linesThatAlmostAreBoundariesAreCheap() {
    String boundary = "b".repeat(70);
    String message =
        "Content-Type: multipart/mixed; boundary="
            + boundary
            + "\n\n--"
            + boundary
            + "\n\n"
            + ("--" + "b".repeat(69) + "\n").repeat(100_000);
    MimeContent content = Mails.content(Mails.bytes(message));
    assertThat(readAll(content)).isEqualTo(2);
  }

  @Test
  void boundariesOfManyOpenMultipartsAreComparedQuickly() {
    StringBuilder message = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      message.append("Content-Type: multipart/mixed; boundary=b").append(i).append("\n\n--b");
      message.append(i).append('\n');
    }
    message.append('\n').append("--b no\n".repeat(500_000));
    assertThat(readAll(Mails.content(Mails.bytes(message.toString())))).isEqualTo(101);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<",
        "<a",
        "</",
        "<!--",
        "<!",
        "&",
        "&#",
        "&amp",
        "<script>",
        "</script",
        "<b><i>",
        "<a href=\"",
        "<pre>\n",
        "<li>",
        "\u00A0 ",
        "&#x10FFFF;",
        "<?",
        "<td>",
        "cid:",
        "::",
        "<p></p>"
      })
  void htmlOfOneThingRepeatedIsLinear(String piece) {
    String page = piece.repeat((2 << 20) / piece.length());
    byte[] message = Mails.bytes("Content-Type: text/html; charset=utf-8\n\n" + page);
    assertThat(Mails.content(message).text()).hasSizeLessThanOrEqualTo(4 << 20);
  }

  @Test
  void aMessageOfNulBytesIsText() {
    MimeContent content = Mails.content(new byte[100_000]);
    assertThat(content.text()).hasSize(100_000);
  }

  @Test
  void contentIdsByTheThousandAreMatchedInOnePass() {
    StringBuilder parts = new StringBuilder("Content-Type: multipart/related; boundary=b\n\n");
    StringBuilder page = new StringBuilder("--b\nContent-Type: text/html\n\n");
    for (int i = 0; i < 9_000; i++) {
      page.append("<img src=cid:").append(i).append('>');
    }
    parts.append(page).append('\n');
    for (int i = 0; i < 9_000; i++) {
      parts.append("--b\nContent-Type: image/png\nContent-ID: <").append(i).append(">\n\nx\n");
    }
    MimeContent content =
        Mails.content(parts.append("--b--\n").toString().getBytes(StandardCharsets.UTF_8));
    assertThat(content.inlineParts()).hasSize(9_000);
    assertThat(content.attachments()).isEmpty();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static dev.mailbox.testkit.contract.Reading.onlyOne;
import static dev.mailbox.testkit.contract.Reading.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.content.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Attachments: found wherever they are, decoded, and saved without harm. */
public interface AttachmentContract extends ContractSubject {
  @Test
  default void attachmentsAreFoundAndDecoded() {
    try (Account account = Account.of(this)) {
      Part part = onlyAttachment(account, "filename=report.csv");

      assertThat(part.contentType()).isEqualTo("application/octet-stream");
      assertThat(part.fileName()).contains("report.csv");
      assertThat(part.isAttachment()).isTrue();
      assertThat(part.sizeInBytes()).isEqualTo(12);
      assertThat(text(part.open())).isEqualTo("one,two\r\nx\r\n");
      assertThat(text(part.open())).as("a second time").isEqualTo("one,two\r\nx\r\n");
    }
  }

  @Test
  default void namesAreDecodedAsSent() {
    try (Account account = Account.of(this)) {
      assertThat(onlyAttachment(account, "filename*=utf-8''Gr%C3%BC%C3%9Fe.pdf").fileName())
          .contains("Grüße.pdf");
      assertThat(onlyAttachment(account, "filename=\"=?utf-8?Q?Gr=C3=BC=C3=9Fe.pdf?=\"").fileName())
          .contains("Grüße.pdf");
      assertThat(
              onlyAttachment(account, "filename*0=\"long \"; filename*1=\"name.txt\"").fileName())
          .contains("long name.txt");
    }
  }

  @Test
  default void safeNamesAreSafe() {
    for (String name :
        List.of(
            "../../etc/passwd",
            "..\\\\..\\\\boot.ini",
            "/etc/passwd",
            "C:\\\\a.txt",
            "..",
            ".",
            "con.txt",
            "a.",
            "a ",
            "a:b",
            "<a>|?*.txt",
            "NUL",
            "x".repeat(300) + ".pdf",
            "~",
            "a\u0001b")) {
      try (Account account = Account.of(this)) {
        String safe = onlyAttachment(account, "filename=\"" + name + "\"").safeFileName();

        assertThat(safe).as(name).isNotBlank().hasSizeLessThanOrEqualTo(120);
        assertThat(safe).as(name).doesNotContainPattern("[/\\\\:*?\"<>|\\p{Cntrl}]");
        assertThat(safe).as(name).doesNotEndWith(".").doesNotEndWith(" ");
        assertThat(safe).as(name).doesNotMatch("(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");
      }
    }
  }

  @Test
  default void longNamesKeepTheirExtension() {
    try (Account account = Account.of(this)) {
      String name = "x".repeat(300) + ".pdf";

      assertThat(onlyAttachment(account, "filename=" + name).safeFileName()).endsWith(".pdf");
    }
  }

  @Test
  default void partWithoutANameGetsOneFromItsType() {
    try (Account account = Account.of(this)) {
      Part part = onlyAttachment(account, "size=12");

      assertThat(part.fileName()).isEmpty();
      assertThat(part.safeFileName()).isNotBlank();
    }
  }

  @Test
  default void savingNeverOverwrites() throws IOException {
    try (Account account = Account.of(this)) {
      Part part = onlyAttachment(account, "filename=report.csv");
      Path directory = account.directory("saved");

      Path first = part.saveTo(directory);
      Files.writeString(first, "mine");
      Path second = part.saveTo(directory);
      Path third = part.saveTo(directory);

      assertThat(first).hasFileName("report.csv").hasContent("mine");
      assertThat(List.of(first, second, third)).doesNotHaveDuplicates();
      assertThat(second).hasBinaryContent("one,two\r\nx\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(third).hasBinaryContent("one,two\r\nx\r\n".getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Test
  default void savingStaysInTheDirectoryAndLeavesNothingElse() throws IOException {
    try (Account account = Account.of(this)) {
      Part part = onlyAttachment(account, "filename=\"../../escaped.txt\"");
      Path directory = account.directory("saved").resolve("deep");

      Path file = part.saveTo(directory);

      assertThat(file.toRealPath().getParent()).isEqualTo(directory.toRealPath());
      try (Stream<Path> files = Files.list(directory)) {
        assertThat(files).hasSize(1);
      }
    }
  }

  @Test
  default void attachmentsInsideNestedMultipartsAreFound() {
    try (Account account = Account.of(this)) {
      Mail mail =
          Mail.of("nested")
              .type("multipart/mixed; boundary=outer")
              .body(
                  """
                  --outer
                  Content-Type: multipart/mixed; boundary=inner

                  --inner
                  Content-Type: text/plain

                  text
                  --inner
                  Content-Type: application/pdf
                  Content-Disposition: attachment; filename=inner.pdf

                  inner
                  --inner--
                  --outer
                  Content-Type: application/pdf
                  Content-Disposition: attachment; filename=outer.pdf

                  outer
                  --outer--
                  """);

      List<Part> attachments = onlyOne(account.synced(mail)).content().attachments();

      assertThat(attachments)
          .extracting(Part::safeFileName)
          .containsExactly("inner.pdf", "outer.pdf");
    }
  }

  @Test
  default void attachedMessageCanBeReadAndSaved() {
    try (Account account = Account.of(this)) {
      Mail mail =
          Mail.of("forward")
              .type("multipart/mixed; boundary=b")
              .body(
                  """
                  --b
                  Content-Type: text/plain

                  see below
                  --b
                  Content-Type: message/rfc822
                  Content-Disposition: attachment

                  Subject: inside
                  Content-Type: text/plain

                  attached text
                  --b--
                  """);

      List<Part> attachments = onlyOne(account.synced(mail)).content().attachments();

      assertThat(attachments).hasSize(1);
      Part attached = attachments.get(0);
      assertThat(attached.contentType()).isEqualTo("message/rfc822");
      assertThat(text(attached.open()))
          .isEqualTo("Subject: inside\r\nContent-Type: text/plain\r\n\r\nattached text");
      assertThat(attached.children()).extracting(Part::contentType).containsExactly("text/plain");
      assertThat(attached.children().get(0).text()).contains("attached text");
    }
  }

  @Test
  default void largeAttachmentIsStreamedWhole() throws IOException {
    try (Account account = Account.of(this)) {
      byte[] bytes = new byte[1_500_000];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (i * 31 + i / 255);
      }
      Base64.Encoder encoder = Base64.getMimeEncoder(76, new byte[] {'\n'});
      Part part = onlyAttachment(account, "filename=large.bin", encoder.encodeToString(bytes));

      assertThat(part.sizeInBytes()).isEqualTo(bytes.length);
      assertThat(part.saveTo(account.directory("saved"))).hasBinaryContent(bytes);
    }
  }

  private static Part onlyAttachment(Account account, String parameter) {
    return onlyAttachment(account, parameter, "b25lLHR3bw0KeA0K");
  }

  private static Part onlyAttachment(Account account, String parameter, String base64) {
    List<String> lines = new ArrayList<>();
    lines.addAll(List.of("--b", "Content-Type: text/plain", "", "see the attachment", "--b"));
    lines.add("Content-Type: application/octet-stream");
    lines.add("Content-Disposition: attachment; " + parameter);
    lines.addAll(List.of("Content-Transfer-Encoding: base64", "", base64, "--b--", ""));
    Mail mail =
        Mail.of("attachment").type("multipart/mixed; boundary=b").body(String.join("\n", lines));
    return account.delivered(mail).content().attachments().get(0);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first thing that people run. */
class QuickStartTest {
  private final Path directory;

  QuickStartTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private String run() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new QuickStart(directory, new PrintStream(bytes, true, StandardCharsets.UTF_8)).run();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void printsWhatAPersonWantsToSee() {
    String printed = run();

    for (String part : List.of(imap(printed), pop3(printed))) {
      assertThat(part)
          .contains("billing@harborbooks.example", "Your invoice for November")
          .contains("京都旅行の写真を送ります", "Привет из Сантьяго", "Re: Lunch on Thursday?")
          .contains("your invoice is attached. Thank you for reading with us.")
          .containsPattern("saved .*invoice-2026-11( \\(1\\))?\\.pdf, 49152 bytes")
          .containsPattern("saved .*условия доставки( \\(1\\))?\\.pdf, 9216 bytes")
          .contains("Scanned pages: 2", ", 0 problems", "unread: 5 of 6");
      assertThat(part).as("the broken mail's defects").containsPattern("(?m)^BOUNDARY: .+");
      assertThat(part.substring(part.indexOf("== Search"))).contains("ivan@example.ru");
    }
  }

  @Test
  void bothProtocolsShowTheSameMails() {
    String printed = run();

    assertThat(list(imap(printed))).hasSize(6).isEqualTo(list(pop3(printed)));
  }

  @Test
  void saysWhereTheMailIs() {
    String printed = run();

    assertThat(imap(printed))
        .contains("0 downloaded, 6 headers, 0 deleted", "marked as read: ON_SERVER")
        .contains("on the server now: 6 messages", "on another device the invoice is read");
    assertThat(pop3(printed))
        .contains("6 downloaded, 0 headers, 6 deleted", "marked as read: LOCAL")
        .contains("on the server now: 0 messages");
  }

  private static String imap(String printed) {
    return printed.substring(printed.indexOf("#### IMAP"), printed.indexOf("#### POP3"));
  }

  private static String pop3(String printed) {
    return printed.substring(printed.indexOf("#### POP3"));
  }

  private static List<String> list(String part) {
    String list = part.substring(part.indexOf("== Newest"), part.indexOf("== One of them"));
    return list.lines().filter(line -> line.contains(" bytes ")).toList();
  }

  @Test
  void savesTheAttachments() throws IOException {
    run();

    try (Stream<Path> files = Files.list(directory.resolve("attachments"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("invoice-2026-11.pdf", "условия доставки.pdf", "scan0001.tif");
    }
  }
}

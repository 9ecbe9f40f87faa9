// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

    assertThat(printed)
        .contains("6 downloaded", "6 deleted on the server, 0 problems")
        .contains("on the server now: 0 messages")
        .contains("billing@harborbooks.example", "Your invoice for November")
        .contains("京都旅行の写真を送ります", "Привет из Сантьяго", "Re: Lunch on Thursday?")
        .contains("your invoice is attached. Thank you for reading with us.")
        .containsPattern("saved .*invoice-2026-11\\.pdf, 49152 bytes")
        .containsPattern("saved .*условия доставки\\.pdf, 9216 bytes")
        .contains("Scanned pages: 2", "unread: 5 of 6");
    assertThat(printed).as("the broken mail's defects").containsPattern("(?m)^BOUNDARY: .+");
    assertThat(printed.substring(printed.indexOf("== Search"))).contains("ivan@example.ru");
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

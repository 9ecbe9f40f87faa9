// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.ExportFormat;
import dev.mailbox.ExportReport;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.search.Query;
import dev.mailbox.sync.BodyPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is read while it changes. */
class RaceTest {
  private final TestRemote remote = TestRemote.local();

  @Test
  void searchesGoOnWhileMessagesAreDeleted(@TempDir Path directory) {
    try (Mailbox mailbox = StoreFixture.offline(directory)) {
      for (int i = 0; i < 300; i++) {
        StoreFixture.append(mailbox.inbox(), StoreFixture.mail("m" + i));
      }
      CompletableFuture<Void> deleting =
          CompletableFuture.runAsync(
              () -> mailbox.inbox().search(Query.all()).stream().forEach(Message::delete));
      while (!deleting.isDone()) {
        assertThat(mailbox.search(Query.header("Subject", "m")).size()).isBetween(0, 300);
        assertThat(mailbox.search(Query.text("hello")).size()).isBetween(0, 300);
      }
      deleting.join();
      assertThat(mailbox.search(Query.all()).isEmpty()).isTrue();
      assertThat(mailbox.verify().messages()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(ExportFormat.class)
  void exportGoesOnWhileMessagesAreDeleted(ExportFormat format, @TempDir Path directory)
      throws IOException {
    try (Mailbox mailbox = StoreFixture.offline(directory.resolve("store"))) {
      for (int i = 0; i < 40; i++) {
        String text = StoreFixture.mailOfSize("m" + i, i % 4 == 0 ? 900_000 : 2000) + "\r\n";
        StoreFixture.append(mailbox.inbox(), text, StoreFixture.NOON.plusSeconds(i));
      }
      CompletableFuture<Void> deleting =
          CompletableFuture.runAsync(
              () -> mailbox.inbox().search(Query.all()).stream().forEach(Message::delete));
      Path target = directory.resolve("export");
      ExportReport report = mailbox.export(format, target);
      deleting.join();
      try (Stream<Path> files = Files.walk(target)) {
        long bytes = files.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum();
        boolean exact = format != ExportFormat.MBOX;
        assertThat(exact ? bytes : report.bytes()).isEqualTo(report.bytes());
      }
    }
  }

  @Test
  void headersCanBeReadWhileBodiesArrive(@TempDir Path directory) {
    remote.bodies = BodyPolicy.onDemand();
    for (int i = 0; i < 300; i++) {
      remote.server.deliver(StoreFixture.mail("m" + i, "needle\r\n"));
    }
    try (Mailbox mailbox = StoreFixture.open(directory, remote)) {
      mailbox.sync();
      List<Message> messages = mailbox.inbox().newest(300);
      AtomicBoolean done = new AtomicBoolean();
      CompletableFuture<Void> reading =
          CompletableFuture.runAsync(
              () -> {
                while (!done.get()) {
                  messages.forEach(m -> assertThat(m.headers().first("Subject")).isPresent());
                }
              });
      messages.forEach(Message::content);
      done.set(true);
      reading.join();
      assertThat(mailbox.inbox().search(Query.text("needle")).size()).isEqualTo(300);
    }
  }

  @Test
  void indexMissesNothingWhileMailArrivesAndGoes(@TempDir Path directory) {
    try (Mailbox mailbox = StoreFixture.open(directory, remote)) {
      CompletableFuture<Void> appending =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 40; i++) {
                  int size = i % 5 == 0 ? 300_000 : 500;
                  StoreFixture.append(mailbox.inbox(), StoreFixture.mailOfSize("kept" + i, size));
                }
              });
      for (int round = 0; round < 10; round++) {
        for (int i = 0; i < 20; i++) {
          remote.server.deliver(
              StoreFixture.mailOfSize("server" + round + "x" + i, i == 7 ? 400_000 : 700));
        }
        mailbox.sync();
        mailbox.search(Query.subject("server").localOnly()).delete();
      }
      appending.join();
      assertThat(mailbox.search(Query.text("hello bob")).size()).isZero();
      assertThat(mailbox.search(Query.text("bob@example.org")).size()).isEqualTo(40);
      assertThat(mailbox.status().notIndexed()).isZero();
      assertThat(mailbox.verify().isSound()).isTrue();
    }
  }

  @Test
  void movesOfManyThreadsLoseNothing(@TempDir Path directory) {
    try (Mailbox mailbox = StoreFixture.offline(directory)) {
      List<FolderPath> folders = List.of(FolderPath.of("A"), FolderPath.of("B"), FolderPath.INBOX);
      folders.forEach(mailbox::createFolder);
      for (int i = 0; i < 30; i++) {
        StoreFixture.append(mailbox.inbox(), StoreFixture.mail("m" + i));
      }
      List<CompletableFuture<Void>> movers =
          folders.stream()
              .map(
                  target ->
                      CompletableFuture.runAsync(
                          () -> {
                            for (int i = 0; i < 10; i++) {
                              mailbox.search(Query.all().limit(15)).moveTo(target);
                            }
                          }))
              .toList();
      movers.forEach(CompletableFuture::join);
      assertThat(mailbox.search(Query.all()).size()).isEqualTo(30);
      assertThat(
              folders.stream()
                  .mapToInt(f -> mailbox.folder(f).orElseThrow().counts().total())
                  .sum())
          .isEqualTo(30);
    }
  }
}

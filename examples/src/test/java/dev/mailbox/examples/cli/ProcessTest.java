// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.ServerFolder;
import dev.mailbox.testkit.junit.MailServerTest;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as a process of its own. */
@MailServerTest
class ProcessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path directory;

  ProcessTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private Process start(File output, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("MAILBOX_PASSWORD", "secret");
    return builder.redirectOutput(output).start();
  }

  @Test
  void anInterruptedSyncClosesTheStoreAndGoesOnNextTime(FakeMailServer server) throws Exception {
    ServerFolder inbox = server.user("alice", "secret").inbox();
    inbox.deliver(mail("one"));
    inbox.deliver(mail("two"));
    server.pop3().on("RETR 2").once().stallAfter(20);
    Path store = directory.resolve("store");
    String[] sync = {"sync", server.pop3Url() + "?tls=none", "-u", "alice", "-s", store.toString()};
    File output = directory.resolve("output.txt").toFile();

    Process first = start(output, sync);
    server.pop3().awaitCommand("RETR 2", PATIENCE);
    first.destroy();
    assertThat(first.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

    assertThat(first.exitValue()).as("ended by the signal").isEqualTo(128 + 15);
    assertThat(output).content(StandardCharsets.UTF_8).contains("mailbox: interrupted");
    CapturedTerminal terminal = new CapturedTerminal().set("MAILBOX_PASSWORD", "secret");
    assertThat(terminal.run((Object[]) sync).code()).isZero();
    assertThat(terminal.run("list", "-s", store).out()).hasLineCount(2);
    assertThat(terminal.run("verify", "-s", store).code()).isZero();
  }

  @Test
  void outputOfAProcessIsUtf8WhateverTheLocale() throws Exception {
    Path store = directory.resolve("store");
    StoreFixture.fill(store, mail("京都旅行").from("Иван <ivan@example.ru>"));
    File output = directory.resolve("output.txt").toFile();

    Process list = start(output, "list", "--store", store.toString());

    assertThat(list.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(list.exitValue()).isZero();
    assertThat(output).content(StandardCharsets.UTF_8).contains("京都旅行", "Иван");
  }
}

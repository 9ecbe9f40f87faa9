// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.recipes;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.FolderCounts;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Message;
import dev.mailbox.MessageId;
import dev.mailbox.examples.Protocol;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.ServerFolder;
import dev.mailbox.testkit.junit.MailServerTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@MailServerTest
class DesktopReaderTest {
  private final Path directory;

  DesktopReaderTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private record Shown(List<Message> newest, FolderCounts counts) {}

  /** A window that a test looks at. */
  private static final class RecordingWindow implements DesktopReader.Window {
    private final BlockingQueue<Shown> lists = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();

    @Override
    public void showList(List<Message> newest, FolderCounts counts) {
      lists.add(new Shown(newest, counts));
    }

    @Override
    public void showSpinner() {
      texts.add("(downloading)");
    }

    @Override
    public void showText(String text) {
      texts.add(text);
    }

    @Override
    public void showPending(MessageId id) {
      texts.add("(pending)");
    }

    Shown await(Predicate<Shown> wanted) throws InterruptedException {
      while (true) {
        Shown next = lists.poll(20, TimeUnit.SECONDS);
        assertThat(next).as("a list in time").isNotNull();
        if (wanted.test(next)) {
          return next;
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void newMailAppearsIsReadAndDiscarded(Protocol protocol, FakeMailServer server)
      throws InterruptedException {
    ServerFolder inbox = server.user("alice", "secret").inbox();
    inbox.deliver(mail("First").text("Hello, Alice.\n"));
    MailboxConfig.Builder config =
        protocol.at(server, "alice").keepIn(directory).pollInterval(Duration.ofMillis(200));
    RecordingWindow window = new RecordingWindow();

    try (DesktopReader reader = DesktopReader.start(config, window)) {
      assertThat(window.await(list -> true).newest()).as("shown before any network").isEmpty();
      MessageId id = window.await(list -> list.counts().total() == 1).newest().get(0).id();

      reader.select(id);
      assertThat(window.texts)
          .containsExactly(
              protocol == Protocol.POP3
                  ? new String[] {"Hello, Alice.\n"}
                  : new String[] {"(downloading)", "Hello, Alice.\n", "(pending)"});
      window.await(list -> list.counts().unread() == 0);

      reader.discard(id);
      window.await(list -> list.counts().total() == 0);
      assertThat(reader.mailbox().flush(Duration.ofSeconds(20))).isTrue();
    }
    assertThat(inbox.count()).isZero();
    assertThat(server.user("alice", "secret").folder("Trash").count()).isEqualTo(protocol.left(1));
  }
}

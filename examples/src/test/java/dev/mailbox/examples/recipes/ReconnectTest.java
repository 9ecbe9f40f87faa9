// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.recipes;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.FolderCounts;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Message;
import dev.mailbox.MessageId;
import dev.mailbox.connect.Timeouts;
import dev.mailbox.testkit.FakeAccount;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.junit.MailServerTest;
import dev.mailbox.testkit.proxy.Direction;
import dev.mailbox.testkit.proxy.FaultProxy;
import dev.mailbox.testkit.proxy.ProxyFault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether a program that watches its mail survives what happens to servers and lines. */
@MailServerTest
class ReconnectTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final Window window = new Window();
  private @Nullable DesktopReader reader;

  @AfterEach
  void close() {
    if (reader != null) {
      reader.close();
    }
  }

  /** Tells how many messages were shown last. */
  private static final class Window implements DesktopReader.Window {
    private final BlockingQueue<Integer> totals = new LinkedBlockingQueue<>();

    @Override
    public void showList(List<Message> newest, FolderCounts counts) {
      totals.add(counts.total());
    }

    @Override
    public void showSpinner() {}

    @Override
    public void showText(String text) {}

    @Override
    public void showPending(MessageId id) {}

    void awaitTotal(int wanted) throws InterruptedException {
      Integer shown;
      do {
        shown = totals.poll(SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(shown).as("%d messages, shown in time", wanted).isNotNull();
      } while (shown != wanted);
    }
  }

  private void start(String url, FakeAccount user) {
    reader =
        DesktopReader.start(
            MailboxConfig.at(url + "?tls=none")
                .login(user.name(), user.password())
                .timeouts(Timeouts.all(Duration.ofSeconds(2)))
                .pollInterval(Duration.ofSeconds(1)),
            window);
  }

  @Test
  void connectionIsReset(FakeMailServer server, FakeAccount alice) throws InterruptedException {
    start(server.imapUrl(), alice);
    server.imap().awaitIdle(1, SOON);
    server.imap().disconnect();
    alice.inbox().deliver(mail("while nobody listened"));

    window.awaitTotal(1);
  }

  @Test
  void serverIsAwayAndComesBack(FakeMailServer server, FakeAccount alice)
      throws InterruptedException {
    start(server.imapUrl(), alice);
    server.imap().awaitIdle(1, SOON);
    int before = server.imap().connections();
    server.imap().on("CONNECT").close();
    server.imap().disconnect();
    alice.inbox().deliver(mail("while it was away"));
    server.imap().awaitConnections(before + 2, SOON);
    server.imap().heal();

    window.awaitTotal(1);
  }

  @Test
  void sessionIsEndedByTheServer(FakeMailServer server, FakeAccount alice)
      throws InterruptedException {
    start(server.imapUrl(), alice);
    server.imap().awaitIdle(1, SOON);
    server.clock().advance(Duration.ofHours(1)); // longer than a session may be silent
    alice.inbox().deliver(mail("after its BYE"));

    window.awaitTotal(1);
  }

  @Test
  void lineDiesWithoutAWord(FakeMailServer server, FakeAccount alice) throws InterruptedException {
    try (FaultProxy proxy = FaultProxy.to(URI.create(server.imapUrl()).getPort())) {
      start(proxy.url("imap"), alice);
      server.imap().awaitIdle(1, SOON);
      proxy.now(ProxyFault.stall(Direction.TO_CLIENT, 0));
      alice.inbox().deliver(mail("into the void"));

      window.awaitTotal(1);
    }
  }
}

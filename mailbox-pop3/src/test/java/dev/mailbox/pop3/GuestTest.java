// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.FolderPath;
import dev.mailbox.MailboxException;
import dev.mailbox.RejectedException;
import dev.mailbox.StoreException;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.connect.ProtocolException;
import dev.mailbox.spi.RemoteFolder;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.testkit.Pop3Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Bodies that are read while a synchronization has the maildrop. */
class GuestTest {
  private static final RemoteFolder INBOX = new RemoteFolder(FolderPath.INBOX, "");
  private static final int STEP = 10;

  /** Fetches a body when the synchronization has come to its tenth step, which waits for that. */
  private static final class Visitor implements Runnable {
    private final FutureTask<Set<String>> fetch;
    private int steps;

    Visitor(Maildrop drop, Pop3Remote remote, String key) {
      fetch = new FutureTask<>(() -> remote.fetch(INBOX, List.of(key), drop.replica()));
    }

    @Override
    public void run() {
      if (++steps == STEP) {
        Thread thread = new Thread(fetch, "visitor");
        thread.start();
        while (thread.getState() != Thread.State.WAITING) {
          Thread.onSpinWait();
        }
      }
    }

    Set<String> result() throws Exception {
      return fetch.get(20, TimeUnit.SECONDS);
    }
  }

  private static List<Pop3Message> deliver(Maildrop drop, int count) {
    List<Pop3Message> sent = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      sent.add(drop.deliver("message " + i));
    }
    return sent;
  }

  @Test
  void bodyComesBetweenTheHeaders() throws Exception {
    try (Maildrop drop = new Maildrop();
        Pop3Remote remote = drop.remote()) {
      List<Pop3Message> sent = deliver(drop, 60);
      Visitor visitor = new Visitor(drop, remote, Maildrop.key(sent.get(59)));
      TestTask task = TestTask.keeping().bodies(BodyPolicy.onDemand()).checking(visitor);

      remote.sync(task, drop.replica());

      assertThat(visitor.result()).isEmpty();
      assertThat(drop.replica().raws()).containsExactly(Maildrop.text(sent.get(59)));
      assertThat(drop.pop3().connections()).isEqualTo(1);
      List<String> commands = drop.pop3().commands();
      assertThat(commands.indexOf("RETR 60")).isLessThan(commands.indexOf("TOP 1 0"));
      assertThat(task.report().build().headersOnly()).isEqualTo(60);
    }
  }

  @Test
  void bodyComesBetweenTheBodies() throws Exception {
    try (Maildrop drop = new Maildrop();
        Pop3Remote remote = drop.remote()) {
      List<Pop3Message> sent = deliver(drop, 60);
      Visitor visitor = new Visitor(drop, remote, Maildrop.key(sent.get(59)));
      TestTask task = TestTask.keeping().checking(visitor);

      remote.sync(task, drop.replica());

      assertThat(visitor.result()).isEmpty();
      assertThat(drop.replica().raws())
          .containsExactlyInAnyOrderElementsOf(sent.stream().map(Maildrop::text).toList());
      List<String> commands = drop.pop3().commands();
      assertThat(commands.indexOf("RETR 60")).isLessThan(commands.indexOf("RETR 59"));
      assertThat(drop.pop3().connections()).isEqualTo(1);
    }
  }

  @Test
  void refusedBodyIsTheVisitorsProblem() {
    try (Maildrop drop = new Maildrop();
        Pop3Remote remote = drop.remote()) {
      List<Pop3Message> sent = deliver(drop, 60);
      drop.pop3().on("RETR 60").reply("-ERR broken");
      Visitor visitor = new Visitor(drop, remote, Maildrop.key(sent.get(59)));
      TestTask task = TestTask.keeping().bodies(BodyPolicy.onDemand()).checking(visitor);

      remote.sync(task, drop.replica());

      assertThatThrownBy(visitor::result)
          .hasCauseInstanceOf(RejectedException.class)
          .hasMessageContaining("broken");
      assertThat(task.report().build().problems()).isEmpty();
      assertThat(task.report().build().headersOnly()).isEqualTo(60);
    }
  }

  @Test
  void fullDiskAtAVisitorIsNoFaultOfTheServer() {
    try (Maildrop drop = new Maildrop();
        Pop3Remote remote = drop.remote()) {
      List<Pop3Message> sent = deliver(drop, 60);
      Visitor visitor = new Visitor(drop, remote, Maildrop.key(sent.get(59)));
      drop.pop3()
          .on("RETR 60")
          .once()
          .rewrite(
              reply -> {
                drop.replica().failAtWrite(1);
                return reply;
              });
      TestTask task = TestTask.keeping().bodies(BodyPolicy.onDemand()).checking(visitor);

      assertThatThrownBy(() -> remote.sync(task, drop.replica()))
          .isInstanceOf(MailboxException.class)
          .isNotInstanceOf(ProtocolException.class);
      assertThatThrownBy(visitor::result).hasCauseInstanceOf(StoreException.class);
      drop.replica().heal();
      drop.sync();

      assertThat(drop.replica().raws())
          .containsExactlyInAnyOrderElementsOf(sent.stream().map(Maildrop::text).toList());
      assertThat(drop.inbox().messages()).isEmpty();
    }
  }

  @Test
  void visitorWhoseConnectionBreaksGoesElsewhere() throws Exception {
    try (Maildrop drop = new Maildrop();
        Pop3Remote remote = drop.remote()) {
      List<Pop3Message> sent = deliver(drop, 60);
      drop.pop3().on("RETR 60").once().closeAfter(20);
      Visitor visitor = new Visitor(drop, remote, Maildrop.key(sent.get(59)));
      TestTask task = TestTask.keeping().bodies(BodyPolicy.onDemand()).checking(visitor);

      assertThatThrownBy(() -> remote.sync(task, drop.replica()))
          .isInstanceOf(ConnectionException.class);

      assertThat(visitor.result()).isEmpty();
      assertThat(drop.replica().raws()).containsExactly(Maildrop.text(sent.get(59)));
      assertThat(drop.pop3().connections()).isEqualTo(2);
    }
  }

  @Test
  void messageThatTheSynchronizationDoesNotListIsLookedForAfterIt() throws Exception {
    try (Maildrop drop = new Maildrop();
        Pop3Remote remote = drop.remote()) {
      Pop3Message gone = drop.deliver("gone");
      drop.sync(TestTask.keeping().bodies(BodyPolicy.onDemand()));
      drop.inbox().remove("uidl-1");
      deliver(drop, 60);
      Visitor visitor = new Visitor(drop, remote, Maildrop.key(gone));

      remote.sync(TestTask.keeping().checking(visitor), drop.replica());

      assertThat(visitor.result()).containsExactly(Maildrop.key(gone));
      assertThat(drop.pop3().connections()).isEqualTo(3);
    }
  }

  @Test
  void listenerOfASynchronizationCannotReadABody() {
    try (Maildrop drop = new Maildrop();
        Pop3Remote remote = drop.remote()) {
      String key = Maildrop.key(drop.deliver("one"));
      TestTask task =
          TestTask.keeping()
              .checking(
                  () -> {
                    Set<String> unused = remote.fetch(INBOX, List.of(key), drop.replica());
                  });

      assertThatThrownBy(() -> remote.sync(task, drop.replica()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("listener");
    }
  }
}

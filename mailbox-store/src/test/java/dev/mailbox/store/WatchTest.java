// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import dev.mailbox.change.Change;
import dev.mailbox.change.ChangeListener;
import dev.mailbox.change.FeedPosition;
import dev.mailbox.change.Watch;
import dev.mailbox.connect.AuthenticationException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
  private final TestRemote remote = TestRemote.local();
  private final List<Change> changes = new CopyOnWriteArrayList<>();
  private final List<MailboxException> failures = new CopyOnWriteArrayList<>();
  private Mailbox mailbox;

  @BeforeEach
  void open(@TempDir Path directory) {
    mailbox =
        StoreMailbox.open(
            StoreFixture.config().keepIn(directory).pollInterval(Duration.ofMillis(20)).build(),
            remote);
  }

  @AfterEach
  void close() {
    mailbox.close();
  }

  private ChangeListener listener(Consumer<Change> also) {
    return new ChangeListener() {
      @Override
      public void changed(Change change) {
        changes.add(change);
        also.accept(change);
      }

      @Override
      public void failed(MailboxException problem) {
        failures.add(problem);
      }
    };
  }

  private Watch watch() {
    return mailbox.watch(listener(change -> {}));
  }

  @Test
  void everyChangeIsDeliveredOnceAndInOrder() {
    try (Watch watch = watch()) {
      for (int i = 0; i < 20; i++) {
        remote.server.deliver(StoreFixture.mail("m" + i));
      }
      StoreFixture.await(() -> changes.size() == 20);
      mailbox.inbox().search(dev.mailbox.search.Query.all()).mark(dev.mailbox.Flag.SEEN);
      StoreFixture.await(() -> changes.size() == 40);
      assertThat(watch.isRunning()).isTrue();
    }
    assertThat(changes).extracting(Change::position).doesNotHaveDuplicates().isSorted();
    assertThat(changes).isEqualTo(mailbox.changes(FeedPosition.START, 100));
  }

  @Test
  void serverIsLeftAloneAsLongAsItWants() {
    remote.offline = true;
    remote.patience = Duration.ofSeconds(3);
    try (Watch watch = watch()) {
      StoreFixture.await(() -> remote.syncs.get() == 1);
      long start = System.nanoTime();
      StoreFixture.await(() -> remote.syncs.get() == 2);

      // Of itself it tries again after a second and a half at most.
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(2));
      assertThat(watch.isRunning()).isTrue();
    }
  }

  @Test
  void nothingIsDeliveredAfterClose() {
    Watch watch = watch();
    watch.close();
    watch.close();
    assertThat(watch.isRunning()).isFalse();
    StoreFixture.append(mailbox.inbox(), StoreFixture.mail("late"));
    assertThat(changes).isEmpty();
  }

  @Test
  void listenerMayCloseTheWatch() {
    AtomicReference<Watch> watch = new AtomicReference<>();
    CountDownLatch closed = new CountDownLatch(1);
    watch.set(
        mailbox.watch(
            listener(
                change -> {
                  StoreFixture.await(() -> watch.get() != null);
                  watch.get().close();
                  closed.countDown();
                })));
    StoreFixture.append(mailbox.inbox(), StoreFixture.mail("one"));
    StoreFixture.append(mailbox.inbox(), StoreFixture.mail("two"));
    StoreFixture.await(() -> closed.getCount() == 0);
    assertThat(changes).hasSize(1);
  }

  @Test
  void listenerMayCloseTheWatchWhenItIsToldOfAFailure() {
    AtomicReference<Watch> watch = new AtomicReference<>();
    CountDownLatch closed = new CountDownLatch(1);
    remote.offline = true;
    watch.set(
        mailbox.watch(
            new ChangeListener() {
              @Override
              public void changed(Change change) {
                changes.add(change);
              }

              @Override
              public void failed(MailboxException problem) {
                StoreFixture.await(() -> watch.get() != null);
                for (int i = 0; i < 50; i++) {
                  StoreFixture.append(mailbox.inbox(), StoreFixture.mail("m" + i));
                }
                watch.get().close();
                closed.countDown();
              }
            }));
    StoreFixture.await(() -> closed.getCount() == 0);
    assertThat(watch.get().isRunning()).isFalse();
  }

  @Test
  void listenerMayCloseTheMailbox() {
    CountDownLatch closed = new CountDownLatch(1);
    mailbox.watch(
        listener(
            change -> {
              mailbox.close();
              closed.countDown();
            }));
    StoreFixture.append(mailbox.inbox(), StoreFixture.mail("last"));
    StoreFixture.await(() -> closed.getCount() == 0);
    assertThatThrownBy(() -> mailbox.inbox().counts()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void listenerThatThrowsEndsTheWatch() {
    Watch watch =
        mailbox.watch(
            change -> {
              throw new IllegalArgumentException("listener");
            });
    StoreFixture.append(mailbox.inbox(), StoreFixture.mail("bad"));
    StoreFixture.await(() -> !watch.isRunning());
    watch.close();
    assertThat(mailbox.inbox().counts().total()).isEqualTo(1);
  }

  @Test
  void serverThatComesBackIsTriedAgain() {
    remote.offline = true;
    remote.server.deliver(StoreFixture.mail("waiting"));
    try (Watch watch = watch()) {
      StoreFixture.await(() -> failures.size() == 1);
      assertThat(watch.isRunning()).isTrue();
      assertThat(watch.lastProblem()).isPresent();
      assertThat(mailbox.status().lastProblem()).isPresent();
      remote.offline = false;
      StoreFixture.await(() -> changes.size() == 1);
      StoreFixture.await(() -> watch.lastProblem().isEmpty());
      assertThat(mailbox.status().lastProblem()).isEmpty();
    }
  }

  @Test
  void rejectedPasswordEndsTheWatch() {
    remote.duringSync =
        () -> {
          throw new AuthenticationException(Reason.AUTHENTICATION_FAILED, "no", null, List.of());
        };
    Watch watch = watch();
    StoreFixture.await(() -> !watch.isRunning() && failures.size() == 1);
    assertThat(remote.syncs).hasValue(1);
  }

  @Test
  void throttledLoginIsTriedAgain() {
    remote.duringSync =
        () -> {
          remote.duringSync = () -> {};
          throw new AuthenticationException(Reason.LOGIN_DELAY, "later", null, List.of());
        };
    try (Watch watch = watch()) {
      StoreFixture.await(() -> remote.syncs.get() > 1);
      assertThat(watch.isRunning()).isTrue();
    }
  }

  @Test
  void brokenRemoteEndsTheWatchRatherThanSilentlyStopping() {
    remote.duringSync =
        () -> {
          throw new ArithmeticException("a bug");
        };
    Watch watch = watch();
    StoreFixture.await(() -> !watch.isRunning());
  }

  @Test
  void watchOutlivesAnInterruptedSyncOfAnother() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    remote.duringSync =
        () -> {
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new dev.mailbox.connect.ConnectionException(
                Reason.INTERRUPTED, "interrupted", e, List.of());
          }
        };
    Thread other = new Thread(() -> assertThatThrownBy(mailbox::sync).isNotNull());
    other.start();
    StoreFixture.await(() -> remote.syncs.get() == 1);
    try (Watch watch = watch()) {
      StoreFixture.await(() -> waiting("mailbox-watch"));
      other.interrupt();
      other.join();
      release.countDown();
      StoreFixture.await(() -> remote.syncs.get() > 1);
      assertThat(watch.isRunning()).isTrue();
    }
  }

  private static final Set<Thread.State> WAITING =
      EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

  private static boolean waiting(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(t -> t.getName().equals(name) && WAITING.contains(t.getState()));
  }

  @Test
  void closingTheMailboxEndsAllThreads() {
    watch();
    watch();
    mailbox.close();
    assertThat(
            Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.isAlive() && t.getName().startsWith("mailbox-"))
                .filter(t -> !t.getName().startsWith("mailbox-reader")))
        .isEmpty();
    assertThatThrownBy(this::watch).isInstanceOf(IllegalStateException.class);
  }
}

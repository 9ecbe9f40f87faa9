// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Folder;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import dev.mailbox.StoreException;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.sync.Progress;
import dev.mailbox.sync.SyncReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncTest {
  private final TestRemote remote = TestRemote.local();
  private Mailbox mailbox;

  @BeforeEach
  void open(@TempDir Path directory) {
    mailbox = StoreFixture.open(directory, remote);
  }

  @AfterEach
  void close() {
    mailbox.close();
  }

  /** Lets the next sync wait for the latch. */
  private CountDownLatch holdSync() {
    CountDownLatch release = new CountDownLatch(1);
    remote.duringSync =
        () -> {
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectionException(Reason.INTERRUPTED, "interrupted", e, List.of());
          }
        };
    return release;
  }

  private CompletableFuture<SyncReport> inBackground() {
    CompletableFuture<SyncReport> report = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                report.complete(mailbox.sync());
              } catch (RuntimeException e) {
                report.completeExceptionally(e);
              }
            },
            "background-sync");
    thread.start();
    return report;
  }

  private static void awaitJoined(int count) {
    StoreFixture.await(
        () ->
            Thread.getAllStackTraces().entrySet().stream()
                    .filter(t -> t.getKey().getName().equals("background-sync"))
                    .filter(
                        t ->
                            List.of(t.getValue()).stream()
                                .anyMatch(f -> f.getMethodName().equals("join")))
                    .count()
                == count);
  }

  @Test
  void twoSyncsAtOnceAreOne() {
    remote.server.deliver(StoreFixture.mail("one"));
    CountDownLatch release = holdSync();
    CompletableFuture<SyncReport> first = inBackground();
    StoreFixture.await(() -> remote.syncs.get() == 1);
    CompletableFuture<SyncReport> second = inBackground();
    awaitJoined(1);
    release.countDown();
    assertThat(second.join()).isSameAs(first.join());
    assertThat(first.join().downloaded()).isEqualTo(1);
    assertThat(remote.syncs).hasValue(1);
  }

  @Test
  void failureIsToldToBoth() {
    CountDownLatch release = holdSync();
    CompletableFuture<SyncReport> first = inBackground();
    StoreFixture.await(() -> remote.syncs.get() == 1);
    CompletableFuture<SyncReport> second = inBackground();
    awaitJoined(1);
    Runnable wait = remote.duringSync;
    remote.duringSync = wait;
    remote.server.deliver(StoreFixture.mail("one"));
    mailbox.createFolder(FolderPath.of("x"));
    release.countDown();
    assertThat(first.join()).isSameAs(second.join());
    remote.offline = true;
    assertThatThrownBy(mailbox::sync)
        .isInstanceOfSatisfying(
            ConnectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED));
    assertThat(mailbox.status().lastProblem())
        .map(MailboxException::reason)
        .contains(Reason.REFUSED);
    remote.offline = false;
    mailbox.sync();
    assertThat(mailbox.status().lastProblem()).isEmpty();
    assertThat(mailbox.status().lastSync()).isPresent();
  }

  @Test
  void whoJoinsIsNotHurtByTheOthersListener() {
    remote.duringSync = () -> {};
    CountDownLatch release = holdSync();
    CompletableFuture<Object> first =
        CompletableFuture.supplyAsync(
            () ->
                mailbox.sync(
                    progress -> {
                      throw new ArithmeticException("listener");
                    }));
    StoreFixture.await(() -> remote.syncs.get() == 1);
    CompletableFuture<SyncReport> second = inBackground();
    awaitJoined(1);
    remote.progressNext = new Progress(Progress.Phase.DOWNLOADING, 1, 1, 1);
    release.countDown();
    assertThatThrownBy(first::join).hasCauseInstanceOf(ArithmeticException.class);
    assertThat(second.join().downloaded()).isZero();
  }

  @Test
  void syncOfAFolderDuringASyncOfAllIsJoined() {
    CountDownLatch release = holdSync();
    CompletableFuture<SyncReport> first = inBackground();
    StoreFixture.await(() -> remote.syncs.get() == 1);
    CompletableFuture<SyncReport> folder =
        CompletableFuture.supplyAsync(() -> mailbox.inbox().sync());
    release.countDown();
    first.join();
    folder.join();
    assertThat(remote.syncs.get()).isBetween(1, 2);
  }

  @Test
  void syncOfALocalFolderNeedsNoServer() {
    remote.offline = true;
    Folder folder = mailbox.createFolder(FolderPath.of("Local"));
    assertThat(folder.sync().downloaded()).isZero();
    assertThat(remote.syncs).hasValue(0);
  }

  @Test
  void interruptEndsASyncAndNothingIsLost() throws InterruptedException {
    for (int i = 0; i < 10; i++) {
      remote.server.deliver(StoreFixture.mail("m" + i));
    }
    holdSync();
    AtomicReference<Reason> reason = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                mailbox.sync();
              } catch (MailboxException e) {
                reason.set(e.reason());
              }
            });
    thread.start();
    StoreFixture.await(() -> remote.syncs.get() == 1);
    thread.interrupt();
    thread.join();
    assertThat(reason).hasValue(Reason.INTERRUPTED);
    remote.duringSync = () -> {};
    assertThat(mailbox.sync().downloaded()).isEqualTo(10);
  }

  @Test
  void closeEndsASyncThatWaits() {
    remote.duringSync = remote::awaitClose;
    CompletableFuture<SyncReport> sync = inBackground();
    StoreFixture.await(() -> remote.syncs.get() == 1);
    mailbox.close();
    assertThatThrownBy(sync::join)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            ConnectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CLOSED));
    assertThat(remote.isClosed()).isTrue();
  }

  @Test
  void everythingIsMisuseAfterClose() {
    Folder inbox = mailbox.inbox();
    StoreFixture.append(inbox, StoreFixture.mail("x"));
    var message = StoreFixture.only(inbox);
    mailbox.close();
    mailbox.close();
    List<org.assertj.core.api.ThrowableAssert.ThrowingCallable> uses = new ArrayList<>();
    uses.add(mailbox::sync);
    uses.add(mailbox::check);
    uses.add(mailbox::folders);
    uses.add(inbox::counts);
    uses.add(mailbox::status);
    uses.add(mailbox::verify);
    uses.add(() -> mailbox.watch(change -> {}));
    uses.add(() -> mailbox.flush(java.time.Duration.ofSeconds(1)));
    uses.add(() -> mailbox.search(dev.mailbox.search.Query.all()));
    uses.add(() -> message.mark(dev.mailbox.Flag.SEEN));
    uses.add(message::openRaw);
    uses.add(() -> StoreFixture.append(inbox, "x"));
    for (var use : uses) {
      assertThatThrownBy(use).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void remoteIsClosedWhenTheStoreCannotBeOpened(@TempDir Path other) {
    try (Mailbox holder = StoreFixture.open(other, TestRemote.local())) {
      TestRemote late = TestRemote.local();
      assertThatThrownBy(() -> StoreFixture.open(other, late)).isInstanceOf(StoreException.class);
      assertThat(late.isClosed()).isTrue();
      assertThat(holder.inbox().counts().total()).isZero();
    }
  }

  @Test
  void syncWithinItsOwnListenerIsMisuse() {
    remote.progressNext = new Progress(Progress.Phase.DOWNLOADING, 1, 1, 1);
    assertThatThrownBy(() -> mailbox.sync(progress -> mailbox.sync()))
        .isInstanceOf(IllegalStateException.class);
    mailbox.sync();
  }
}

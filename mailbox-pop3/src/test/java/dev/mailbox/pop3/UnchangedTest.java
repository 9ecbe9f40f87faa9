// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.spi.EntryState;
import dev.mailbox.sync.Removal;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.testkit.Pop3Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A sync that finds what the one before found looks at the listing alone; and whatever could have
 * changed makes it look at everything again.
 */
class UnchangedTest {
  private final Maildrop drop = new Maildrop();

  @AfterEach
  void close() {
    drop.close();
  }

  /** Keeps everything, until a sync no longer reads what is remembered. */
  private Pop3Message settled() {
    drop.deliver(2);
    Pop3Message last = drop.deliver("last");
    keep();
    keep();
    int before = drop.replica().readings();
    SyncReport report = keep();
    assertThat(drop.replica().readings()).as("readings").isEqualTo(before);
    assertThat(report.kept()).isEqualTo(3);
    assertThat(drop.replica().leftOut()).isZero();
    return last;
  }

  private SyncReport keep() {
    return drop.sync(TestTask.keeping());
  }

  @Test
  void theListingAloneIsReadForAsLongAsItIsTheSame() {
    settled();
    int before = drop.replica().readings();
    int commits = drop.replica().commits();
    for (int i = 0; i < 3; i++) {
      assertThat(keep().kept()).isEqualTo(3);
    }
    assertThat(drop.replica().readings()).isEqualTo(before);
    assertThat(drop.replica().commits() - commits).isLessThanOrEqualTo(3);
  }

  @Test
  void aNewMessageIsDownloaded() {
    settled();
    drop.deliver("new");
    assertThat(keep().downloaded()).isEqualTo(1);
    assertThat(drop.replica().raws()).hasSize(4);
  }

  @Test
  void aMessageInThePlaceOfAnotherIsDownloaded() {
    drop.inbox().remove(settled().uidl());
    drop.deliver("next");
    SyncReport report = keep();
    assertThat(report.downloaded()).isEqualTo(1);
    assertThat(report.kept()).isEqualTo(3);
    assertThat(drop.replica().entries()).hasSize(3);
  }

  @Test
  void aDigestIsForgottenBeforeAnythingElseChanges() {
    settled();
    drop.deliver("new");
    drop.pop3().on("RETR").once().close();
    drop.failing(RuntimeException.class, TestTask.keeping());
    assertThat(Anchor.parse(drop.replica().anchor()).listing()).isEmpty();
    assertThat(keep().downloaded()).isEqualTo(1);
  }

  @Test
  void aListingThatComesBackIsLookedAtAgain() {
    Pop3Message last = settled();
    drop.inbox().remove(last.uidl());
    Pop3Message next = drop.deliver("next");
    keep();
    drop.inbox().remove(next.uidl());
    drop.inbox().deliver(last);
    assertThat(keep().downloaded()).isEqualTo(1);
    assertThat(drop.replica().entries()).containsKey(Maildrop.key(last));
  }

  @Test
  void whatACancelledSyncHasHandedOverIsWaitedFor() throws Exception {
    Pop3Message last = settled();
    drop.inbox().remove(last.uidl());
    List<Pop3Message> next = List.of(drop.deliver("a"), drop.deliver("b"), drop.deliver("c"));
    drop.pop3().without("PIPELINING");
    drop.replica().hold();
    AtomicInteger steps = new AtomicInteger();
    TestTask cancelled =
        TestTask.keeping()
            .checking(
                () -> {
                  if (steps.incrementAndGet() == 3) {
                    throw new IllegalArgumentException("enough");
                  }
                });
    drop.failing(IllegalArgumentException.class, cancelled);
    next.forEach(message -> drop.inbox().remove(message.uidl()));
    drop.inbox().deliver(last);
    CompletableFuture<SyncReport> sync = CompletableFuture.supplyAsync(this::keep);
    while (drop.replica().waiting() == 0 && !sync.isDone()) {
      Thread.onSpinWait();
    }
    drop.replica().release();
    assertThat(sync.get(10, TimeUnit.SECONDS).kept()).isEqualTo(3);
    assertThat(drop.replica().entries()).containsOnlyKeys(keys());
  }

  private List<String> keys() {
    return drop.inbox().messages().stream().map(Maildrop::key).toList();
  }

  @Test
  void whatWasDeletedHereIsDeletedThere() {
    drop.deletingOnRequest();
    Pop3Message last = settled();
    drop.replica().delete(Maildrop.key(last));
    assertThat(keep().deleted()).isEqualTo(1);
    assertThat(drop.inbox().messages()).hasSize(2);
  }

  @Test
  void anotherPolicyRemovesWhatWasKept() {
    settled();
    assertThat(drop.sync().deleted()).isEqualTo(3);
    assertThat(drop.inbox().messages()).isEmpty();
  }

  @Test
  void whatIsOldEnoughIsRemovedAlthoughNothingHasChanged() {
    Pop3Message last = settled();
    Removal afterADay = Removal.after(Duration.ofDays(1));
    int before = drop.replica().readings();
    assertThat(drop.sync(new TestTask().removal(afterADay)).kept()).isEqualTo(3);
    assertThat(drop.replica().readings()).isEqualTo(before);
    Instant longAgo = Instant.now().minus(Duration.ofDays(2));
    drop.replica().force(Maildrop.key(last), EntryState.DURABLE, longAgo);
    assertThat(drop.sync(new TestTask().removal(afterADay)).deleted()).isEqualTo(1);
    assertThat(drop.inbox().messages()).hasSize(2);
  }

  @Test
  void whatWasHandledIsRemovedAlthoughNothingHasChanged() {
    Pop3Message last = settled();
    drop.replica().handle(Maildrop.key(last));
    SyncReport report = drop.sync(new TestTask().removal(Removal.afterHandled()));
    assertThat(report.deleted()).isEqualTo(1);
    assertThat(drop.inbox().messages()).hasSize(2);
  }

  @Test
  void whatIsUnconfirmedIsLookedAt() {
    Pop3Message last = settled();
    drop.replica().force(Maildrop.key(last), EntryState.UNCONFIRMED, Instant.now());
    int before = drop.replica().readings();
    keep();
    assertThat(drop.replica().readings()).isGreaterThan(before);
    assertThat(drop.replica().state(Maildrop.key(last))).isEqualTo(EntryState.DURABLE);
  }

  @Test
  void messagesWithoutUidlAreAlwaysLookedAt() {
    drop.pop3().without("UIDL");
    drop.deliver(2);
    keep();
    keep();
    int before = drop.replica().readings();
    keep();
    assertThat(drop.replica().readings()).isGreaterThan(before);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import dev.mailbox.connect.AuthenticationException;
import dev.mailbox.delivery.DeliveryHandler;
import dev.mailbox.delivery.Receiver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Receivers: how long they are open and handle, and what ends that. */
public interface ReceiverEndContract extends ContractSubject {
  @Test
  default void handleGoesOnUntilTheReceiverIsClosed() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.of("first"));
      Mailbox mailbox = account.open();
      Handled handled = new Handled();
      Receiver receiver = mailbox.receiver("tickets");

      Background<Boolean> handling = handling(receiver, handled);
      Wait.until("the first is handled", () -> handled.count() == 1);
      account.deliver(Mail.of("second"));
      Wait.until("the second is handled", () -> handled.count() == 2);
      receiver.close();

      assertThat(handling.result()).isTrue();
      assertThat(handled.subjects()).containsExactly("first", "second");
      assertThatIllegalStateException().isThrownBy(() -> receiver.handlePending(handled));
    }
  }

  private static Background<Boolean> handling(Receiver receiver, DeliveryHandler handler) {
    return Background.start(
        () -> {
          receiver.handle(handler);
          return true;
        });
  }

  @Test
  default void handleTriesAgainWhatHasFailed() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.of("first"));
      Mailbox mailbox = account.open();
      Handled handled = new Handled();
      Receiver receiver = mailbox.receiver("tickets");

      Background<Boolean> handling =
          handling(
              receiver,
              delivery -> {
                if (delivery.attempt() == 1) {
                  throw new IOException("not now");
                }
                handled.handle(delivery);
              });
      Wait.until("it was handled", () -> handled.count() == 1);
      receiver.close();

      assertThat(handling.result()).isTrue();
    }
  }

  @Test
  default void closingTheMailboxEndsHandle() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.of("first"));
      Mailbox mailbox = account.open();
      Handled handled = new Handled();
      Receiver receiver = mailbox.receiver("tickets");
      Background<Boolean> handling = handling(receiver, handled);
      Wait.until("the first is handled", () -> handled.count() == 1);

      mailbox.close();

      assertThat(handling.result()).isTrue();
      assertThatIllegalStateException().isThrownBy(() -> mailbox.receiver("tickets"));
    }
  }

  @Test
  default void closingWaitsForTheHandler() throws InterruptedException {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.of("first"));
      Mailbox mailbox = account.open();
      CountDownLatch inside = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      Receiver receiver = mailbox.receiver("tickets");
      Background<Integer> handling =
          Background.start(
              () ->
                  receiver.handlePending(
                      delivery -> {
                        inside.countDown();
                        goOn.await();
                      }));
      inside.await();

      Background<Boolean> closing =
          Background.start(
              () -> {
                mailbox.close();
                return true;
              });
      closing.awaitWaiting();
      assertThat(closing.isDone()).isFalse();
      goOn.countDown();

      assertThat(closing.result()).isTrue();
      assertThat(handling.result()).isEqualTo(1);
      try (Receiver again = account.open().receiver("tickets")) {
        assertThat(again.pending()).isZero();
      }
    }
  }

  @Test
  default void handlerMayCloseTheReceiver() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(2));
      Mailbox mailbox = account.open();
      Receiver receiver = mailbox.receiver("tickets");

      receiver.handle(delivery -> receiver.close());

      try (Receiver again = mailbox.receiver("tickets")) {
        assertThat(again.pending()).isEqualTo(1);
      }
    }
  }

  @Test
  default void receiverThatAHandlerClosedKeepsItsNameUntilTheHandlerIsDone() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(2));
      Mailbox mailbox = account.open();
      Receiver receiver = mailbox.receiver("tickets");

      int handled =
          receiver.handlePending(
              delivery -> {
                receiver.close();
                assertThatIllegalStateException().isThrownBy(() -> mailbox.receiver("tickets"));
              });

      assertThat(handled).isEqualTo(1);
      mailbox.receiver("tickets").close();
    }
  }

  @Test
  default void closingAReceiverAgainLeavesItsSuccessorAlone() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      Receiver first = mailbox.receiver("tickets");
      first.close();
      Handled handled = new Handled();

      try (Receiver second = mailbox.receiver("tickets")) {
        first.close();
        assertThatIllegalStateException().isThrownBy(() -> mailbox.receiver("tickets"));
        assertThat(second.handlePending(handled)).isEqualTo(1);
      }
    }
  }

  @Test
  default void handlerCannotCloseTheMailbox() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(2));
      Mailbox mailbox = account.open();

      try (Receiver receiver = mailbox.receiver("tickets")) {
        int handled =
            receiver.handlePending(
                delivery -> assertThatIllegalStateException().isThrownBy(mailbox::close));
        assertThat(handled).isEqualTo(2);
      }
    }
  }

  @Test
  default void listenerOfASynchronizationMayCloseTheMailboxWhileAReceiverWaitsForIt() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(3));
      Mailbox mailbox = account.open();
      Receiver receiver = mailbox.receiver("tickets");
      List<Background<Integer>> waiting = new ArrayList<>();

      Background<Boolean> synchronizing =
          Background.start(
              () -> {
                mailbox.sync(
                    progress -> {
                      if (waiting.isEmpty()) {
                        waiting.add(Background.start(() -> receiver.handlePending(d -> {})));
                        waiting.get(0).awaitWaiting();
                        mailbox.close();
                      }
                    });
                return true;
              });

      assertThat(synchronizing.failure()).isNotNull();
      assertThat(waiting.get(0).failure()).isNotNull();
    }
  }

  @Test
  default void handlerThatIsInterruptedIsNoFailure() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      CountDownLatch never = new CountDownLatch(1);

      try (Receiver receiver = mailbox.receiver("tickets")) {
        Background<Integer> handling =
            Background.start(() -> receiver.handlePending(delivery -> never.await()));
        handling.awaitWaiting();
        handling.interrupt();
        assertThat(handling.failure()).isInstanceOf(MailboxException.class);
        assertThat(receiver.failures()).isEmpty();
        assertThat(receiver.pending()).isEqualTo(1);
      }
    }
  }

  @Test
  default void interruptEndsHandle() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("first"));
      Handled handled = new Handled();

      try (Receiver receiver = mailbox.receiver("tickets")) {
        Background<Boolean> handling = handling(receiver, handled);
        Wait.until("the first is handled", () -> handled.count() == 1);
        handling.interrupt();
        assertThat(handling.failure())
            .isInstanceOfSatisfying(
                MailboxException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INTERRUPTED));
        assertThat(receiver.handlePending(handled)).isZero();
      }
    }
  }

  @Test
  default void refusedLoginEndsHandle() {
    try (Account account = Account.of(this)) {
      account.synced(Mail.of("first")).close();
      Mailbox mailbox = account.open(account.config().login(account.user(), "wrong"));
      Handled handled = new Handled();

      try (Receiver receiver = mailbox.receiver("tickets")) {
        assertThatThrownBy(() -> receiver.handle(handled))
            .isInstanceOf(AuthenticationException.class);
      }

      assertThat(handled.subjects()).containsExactly("first");
    }
  }

  @Test
  default void forgottenReceiverBeginsAnew() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      Handled handled = new Handled();
      Receiver receiver = mailbox.receiver("tickets");
      receiver.handlePending(handled);

      receiver.forget();

      try (Receiver again = mailbox.receiver("tickets")) {
        assertThat(again.handlePending(handled)).isEqualTo(1);
      }
      assertThat(handled.subjects()).containsExactly("one", "one");
      assertThatIllegalStateException().isThrownBy(receiver::forget);
    }
  }

  @Test
  default void receiverIsOpenOnceAndHandlesForOne() throws InterruptedException {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      Receiver receiver = mailbox.receiver("tickets");
      CountDownLatch inside = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      Background<Integer> handling =
          Background.start(
              () ->
                  receiver.handlePending(
                      delivery -> {
                        inside.countDown();
                        goOn.await();
                      }));
      inside.await();

      assertThatIllegalStateException().isThrownBy(() -> mailbox.receiver("tickets"));
      assertThatIllegalStateException().isThrownBy(() -> receiver.handlePending(d -> {}));
      goOn.countDown();

      assertThat(handling.result()).isEqualTo(1);
      receiver.close();
      receiver.close();
      mailbox.receiver("tickets").close();
    }
  }

  @Test
  default void nameOfAReceiverIsChecked() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.open();

      for (String name : List.of("", " ", "a b", "x".repeat(101), "ä", "a/b")) {
        assertThatIllegalArgumentException().isThrownBy(() -> mailbox.receiver(name));
      }
      mailbox.receiver("A-b_c.9").close();
    }
  }
}

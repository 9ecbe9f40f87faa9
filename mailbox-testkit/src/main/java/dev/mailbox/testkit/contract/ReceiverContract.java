// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static dev.mailbox.testkit.contract.Reading.bySubject;
import static dev.mailbox.testkit.contract.Reading.subjects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.MailboxException;
import dev.mailbox.Message;
import dev.mailbox.Reason;
import dev.mailbox.connect.AuthenticationException;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.delivery.Delivery;
import dev.mailbox.delivery.DeliveryHandler;
import dev.mailbox.delivery.FailedDelivery;
import dev.mailbox.delivery.Receiver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Receivers: each message handed over until it was handled, and no more. */
public interface ReceiverContract extends ContractSubject {
  @Test
  default void receiverHandsOverWhatIsThereInTheOrderOfArrival() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(3));
      Mailbox mailbox = account.open();
      Handled handled = new Handled();

      try (Receiver receiver = mailbox.receiver("tickets")) {
        assertThat(receiver.name()).isEqualTo("tickets");
        assertThat(receiver.handlePending(handled)).isEqualTo(3);
        assertThat(receiver.pending()).isZero();
      }

      assertThat(handled.subjects()).containsExactly("message 1", "message 2", "message 3");
    }
  }

  @Test
  default void receiverHandsOverWhatWasHereBeforeItWasOpened() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(2));
      Handled handled = new Handled();

      try (Receiver receiver = mailbox.receiver("late")) {
        assertThat(receiver.pending()).isEqualTo(2);
        receiver.handlePending(handled);
      }

      assertThat(handled.subjects()).containsExactly("message 1", "message 2");
    }
  }

  @Test
  default void receiverHandsOverEachMessageOnce() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(2));
      Handled handled = new Handled();
      try (Receiver receiver = account.open().receiver("tickets")) {
        receiver.handlePending(handled);
        assertThat(receiver.handlePending(handled)).isZero();
      }
      account.current().close();
      account.deliver(Mail.of("later"));

      try (Receiver again = account.open().receiver("tickets")) {
        assertThat(again.handlePending(handled)).isEqualTo(1);
      }

      assertThat(handled.subjects()).containsExactly("message 1", "message 2", "later");
    }
  }

  @Test
  default void deliveryKeyIsThatOfTheContent() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.of("one"));
      Mailbox mailbox = account.open();
      List<Delivery> deliveries = new ArrayList<>();

      try (Receiver receiver = mailbox.receiver("keys")) {
        receiver.handlePending(deliveries::add);
      }
      Mailbox other = account.open(account.otherDevice());
      try (Receiver receiver = other.receiver("keys")) {
        receiver.handlePending(deliveries::add);
      }

      assertThat(deliveries).extracting(Delivery::attempt).containsExactly(1, 1);
      assertThat(deliveries.get(0).key()).isEqualTo(bySubject(mailbox, "one").contentId());
      assertThat(deliveries.get(1).key()).isEqualTo(deliveries.get(0).key());
    }
  }

  @Test
  default void deliveryKeyStaysTheSameWhenTheBodyHasCome() {
    try (Account account = Account.of(this)) {
      account.deliverRaw("X-Test: nothing that identifies it\r\n\r\nthe body\r\n");
      Mailbox mailbox = account.open(account.onDemand());
      List<Delivery> deliveries = new CopyOnWriteArrayList<>();

      try (Receiver receiver = mailbox.receiver("keys")) {
        receiver.handlePending(
            delivery -> {
              deliveries.add(delivery);
              throw new IOException(delivery.message().content().text());
            });
        assertThat(receiver.failures().get(0).problem()).contains("the body");
        Wait.until("it came again", () -> receiver.handlePending(deliveries::add) == 1);
      }

      assertThat(deliveries).extracting(Delivery::attempt).containsExactly(1, 2);
      assertThat(deliveries.get(1).key()).isEqualTo(deliveries.get(0).key());
    }
  }

  @Test
  default void failedDeliveryComesAgainAndHoldsUpNothing() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(3));
      Mailbox mailbox = account.open();
      List<String> calls = new ArrayList<>();
      DeliveryHandler failing =
          delivery -> {
            String subject = delivery.message().envelope().subject();
            calls.add(subject + " " + delivery.attempt());
            if (subject.equals("message 1") && delivery.attempt() < 2) {
              throw new IOException("the disk is full");
            }
          };

      try (Receiver receiver = mailbox.receiver("tickets")) {
        assertThat(receiver.handlePending(failing)).isEqualTo(2);
        FailedDelivery failed = receiver.failures().get(0);
        assertThat(receiver.failures()).hasSize(1);
        assertThat(failed.message()).isEqualTo(bySubject(mailbox, "message 1").id());
        assertThat(failed.attempts()).isEqualTo(1);
        assertThat(failed.problem()).contains("the disk is full");
        assertThat(receiver.pending()).isEqualTo(1);
        Wait.until("the failed one was handled", () -> receiver.handlePending(failing) == 1);
        assertThat(receiver.failures()).isEmpty();
      }

      assertThat(calls).containsExactly("message 1 1", "message 2 1", "message 3 1", "message 1 2");
    }
  }

  @Test
  default void failuresAreRememberedAcrossReopen() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.of("poison"));
      try (Receiver receiver = account.open().receiver("tickets")) {
        receiver.handlePending(
            delivery -> {
              throw new IllegalArgumentException("what is this?");
            });
      }
      account.current().close();

      try (Receiver again = account.open().receiver("tickets")) {
        assertThat(again.failures()).extracting(FailedDelivery::attempts).containsExactly(1);
      }
    }
  }

  @Test
  default void errorOfAHandlerIsThrownAndCounted() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.of("poison"));
      Mailbox mailbox = account.open();
      StackOverflowError error = new StackOverflowError("as if");

      try (Receiver receiver = mailbox.receiver("tickets")) {
        assertThatThrownBy(
                () ->
                    receiver.handlePending(
                        delivery -> {
                          throw error;
                        }))
            .isSameAs(error);
        assertThat(receiver.failures()).hasSize(1);
      }
    }
  }

  @Test
  default void eachReceiverGetsEveryMessage() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(2));
      Mailbox mailbox = account.open();
      Handled one = new Handled();
      Handled other = new Handled();

      try (Receiver tickets = mailbox.receiver("tickets");
          Receiver audit = mailbox.receiver("audit")) {
        tickets.handlePending(one);
        audit.handlePending(other);
      }

      assertThat(one.subjects()).containsExactly("message 1", "message 2");
      assertThat(other.subjects()).isEqualTo(one.subjects());
    }
  }

  @Test
  default void movedMessageIsHandedOverAndDeletedOneIsNot() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(3));
      FolderPath archive = mailbox.createFolder(FolderPath.of("Archive")).path();
      Handled handled = new Handled();

      try (Receiver receiver = mailbox.receiver("tickets")) {
        bySubject(mailbox, "message 1").moveTo(archive);
        bySubject(mailbox, "message 2").delete();
        assertThat(receiver.pending()).isEqualTo(2);
        receiver.handlePending(handled);
        assertThat(receiver.pending()).isZero();
      }

      assertThat(handled.subjects()).containsExactly("message 1", "message 3");
    }
  }

  @Test
  default void whatIsPutIntoTheInboxHereIsNotHandedOver() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("arrived"));
      Handled handled = new Handled();

      try (Receiver receiver = mailbox.receiver("tickets")) {
        receiver.handlePending(handled);
        byte[] raw = Mail.of("appended").bytes(Account.FIRST_ARRIVAL);
        mailbox.inbox().append(new ByteArrayInputStream(raw), Account.FIRST_ARRIVAL, Set.of());
        receiver.handlePending(handled);
      }

      assertThat(subjects(mailbox.inbox().newest(10)))
          .containsExactlyInAnyOrder("arrived", "appended");
      assertThat(handled.subjects()).containsExactly("arrived");
    }
  }

  @Test
  default void handlerMayActOnItsMessage() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(2));
      Mailbox mailbox = account.open();
      mailbox.sync();
      FolderPath done = mailbox.createFolder(FolderPath.of("Done")).path();

      try (Receiver receiver = mailbox.receiver("tickets")) {
        int handled =
            receiver.handlePending(
                delivery -> {
                  if (delivery.message().envelope().subject().equals("message 1")) {
                    delivery.message().moveTo(done);
                  } else {
                    delivery.message().delete();
                  }
                });
        assertThat(handled).isEqualTo(2);
        assertThat(receiver.pending()).isZero();
      }

      assertThat(mailbox.inbox().counts().total()).isZero();
      assertThat(subjects(mailbox.folder(done).orElseThrow().newest(10)))
          .containsExactly("message 1");
    }
  }

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
  default void unreachableServerDoesNotHoldUpWhatIsHere() {
    try (Account account = Account.of(this)) {
      account.synced(Mail.several(2)).close();
      Mailbox mailbox = account.open(account.unreachable());
      Handled handled = new Handled();

      try (Receiver receiver = mailbox.receiver("tickets")) {
        assertThatThrownBy(() -> receiver.handlePending(handled))
            .isInstanceOf(ConnectionException.class);
        assertThat(receiver.pending()).isZero();
      }

      assertThat(handled.count()).isEqualTo(2);
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
  default void storeWithoutServerHandsOverWhatItHolds() {
    try (Account account = Account.of(this)) {
      account.synced(Mail.several(2)).close();
      Handled handled = new Handled();

      try (Receiver receiver = account.openOffline().receiver("tickets")) {
        assertThat(receiver.handlePending(handled)).isEqualTo(2);
      }

      assertThat(handled.count()).isEqualTo(2);
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

  @Test
  default void bodiesThatAreNotHereAreFetchedByTheHandler() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.of("one").body("the body\n"));
      Mailbox mailbox = account.open(account.onDemand());
      List<String> texts = new ArrayList<>();

      try (Receiver receiver = mailbox.receiver("tickets")) {
        receiver.handlePending(delivery -> texts.add(delivery.message().content().text()));
      }

      assertThat(texts).singleElement().asString().contains("the body");
    }
  }

  @Test
  default void receiverWorksInMemory() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(2));
      MailboxConfig.Builder config = account.inMemory();
      Handled handled = new Handled();

      try (Receiver receiver = account.open(config).receiver("tickets")) {
        assertThat(receiver.handlePending(handled)).isEqualTo(2);
        assertThat(receiver.handlePending(handled)).isZero();
      }

      assertThat(handled.subjects()).containsExactlyInAnyOrder("message 1", "message 2");
    }
  }

  @Test
  default void messageOfADeliveryIsAsItIsNow() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      FolderPath archive = mailbox.createFolder(FolderPath.of("Archive")).path();
      List<Message> messages = new ArrayList<>();

      try (Receiver receiver = mailbox.receiver("tickets")) {
        bySubject(mailbox, "one").moveTo(archive);
        receiver.handlePending(delivery -> messages.add(delivery.message()));
      }

      assertThat(messages).singleElement().extracting(Message::folder).isEqualTo(archive);
    }
  }
}

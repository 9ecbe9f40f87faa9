// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static dev.mailbox.testkit.contract.Reading.bySubject;
import static dev.mailbox.testkit.contract.Reading.subjects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Message;
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

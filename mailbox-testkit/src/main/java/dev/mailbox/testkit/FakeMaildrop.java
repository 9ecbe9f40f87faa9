// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import dev.mailbox.testkit.internal.pop3.Pop3Engine;
import dev.mailbox.testkit.internal.store.Account;
import dev.mailbox.testkit.internal.store.StoredMessage;
import dev.mailbox.testkit.mail.MailBuilder;
import java.util.List;
import java.util.function.Consumer;

/**
 * The inbox of a {@link FakeAccount} as POP3 shows it: by UIDLs, and with sizes, that may be wrong.
 * Sessions that are open do not see what is added, and keep what is removed. Thread-safe.
 */
public final class FakeMaildrop {
  private final Account account;
  private final Pop3Engine engine;

  FakeMaildrop(Account account, Pop3Engine engine) {
    this.account = account;
    this.engine = engine;
  }

  /** Adds a message, and returns it with its UIDL. */
  public Pop3Message deliver(byte[] raw) {
    return deliver(Pop3Message.of(raw));
  }

  /** Builds a mail and adds it, and returns it with its UIDL. */
  public Pop3Message deliver(MailBuilder mail) {
    return deliver(mail.build());
  }

  /** Adds a message with a UIDL or size of the test's choice, and returns it with its UIDL. */
  public Pop3Message deliver(Pop3Message message) {
    return account.locked(
        () -> {
          var content = account.content(message.source(), account.now());
          var described = content.described(message.chosenUidl(), message.listedSize());
          return told(account.add(account.inbox(), described, List.of()));
        });
  }

  /** What the server holds, in the order of message numbers. */
  public List<Pop3Message> messages() {
    return account.read(() -> account.inbox().messages().stream().map(this::told).toList());
  }

  /** The UIDLs of what the server holds, in the order of message numbers. */
  public List<String> uidls() {
    return messages().stream().map(Pop3Message::uidl).toList();
  }

  /** Removes all messages with this UIDL, as another client might. */
  public void remove(String uidl) {
    account.locked(() -> account.inbox().removeIf(m -> engine.uidl(account, m).equals(uidl)));
  }

  /**
   * Gives the messages with this UIDL another, which may be one that was used already, for this
   * message or for another: RFC 1939, section 7, forbids that, and servers do it. Sessions that are
   * open see it too.
   *
   * @throws IllegalStateException when there is no such message
   */
  public void rename(String uidl, String other) {
    change(uidl, message -> message.describe(other, message.content().listedSize()));
  }

  /**
   * Lets LIST and STAT tell this size of the messages with this UIDL; RETR sends what there is.
   *
   * @throws IllegalStateException when there is no such message
   */
  public void listedSize(String uidl, long sizeInBytes) {
    change(uidl, message -> message.describe(message.content().uidl(), sizeInBytes));
  }

  private void change(String uidl, Consumer<StoredMessage> change) {
    account.locked(
        () -> {
          List<StoredMessage> named =
              account.inbox().messages().stream()
                  .filter(message -> engine.uidl(account, message).equals(uidl))
                  .toList();
          if (named.isEmpty()) {
            throw new IllegalStateException("there is no message " + uidl);
          }
          named.forEach(change);
          return account;
        });
  }

  private Pop3Message told(StoredMessage message) {
    var content = message.content();
    return Pop3Message.of(content.source())
        .uidl(engine.uidl(account, message))
        .listedSize(content.size());
  }
}

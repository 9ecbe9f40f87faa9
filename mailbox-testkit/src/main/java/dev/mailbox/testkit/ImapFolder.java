// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import dev.mailbox.testkit.internal.store.Account;
import dev.mailbox.testkit.internal.store.FlagChange;
import dev.mailbox.testkit.internal.store.StoredFolder;
import dev.mailbox.testkit.internal.store.StoredMessage;
import dev.mailbox.testkit.mail.MailBuilder;
import dev.mailbox.testkit.mail.MailSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A folder of a {@link FakeAccount} by its numbers, as a test sees and changes it past the
 * protocol. What changes is told to sessions when the protocol allows it, to those that idle at
 * once. Thread-safe.
 *
 * <p>It stands for the name: methods throw {@link IllegalStateException} while there is no such
 * folder.
 */
public final class ImapFolder {
  private final Account account;
  private final String name;

  ImapFolder(Account account, String name) {
    this.account = account;
    this.name = name;
  }

  /** Its name, with the server's delimiters, not encoded. */
  public String name() {
    return name;
  }

  /** Builds a mail and adds it as one without flags that arrives now; returns its UID. */
  public long deliver(MailBuilder mail) {
    return deliver(mail.build());
  }

  /** Adds a message without flags that arrives now, and returns its UID. */
  public long deliver(byte[] raw) {
    return deliver(raw, account.now().truncatedTo(ChronoUnit.SECONDS));
  }

  /** Adds a message that arrived at that time, in whole seconds, and returns its UID. */
  public long deliver(byte[] raw, Instant internalDate, String... flags) {
    return deliver(MailSource.of(raw), internalDate, flags);
  }

  /** Adds a message that need not be in memory, and returns its UID. */
  public long deliver(MailSource source, Instant internalDate, String... flags) {
    return with(
        folder -> account.add(folder, account.content(source, internalDate), List.of(flags)).uid());
  }

  /** What it holds, in the order of UIDs. */
  public List<ImapMessage> messages() {
    return with(folder -> folder.messages().stream().map(ImapMessage::new).toList());
  }

  /** The UIDs of what it holds, ascending. */
  public List<Long> uids() {
    return messages().stream().map(ImapMessage::uid).toList();
  }

  /**
   * The message with that UID.
   *
   * @throws IllegalStateException when there is none
   */
  public ImapMessage message(long uid) {
    return with(folder -> new ImapMessage(stored(folder, uid)));
  }

  /** Sets flags or keywords as another client would. */
  public void flag(long uid, String... flags) {
    change(
        folder -> {
          account.change(folder, stored(folder, uid), FlagChange.ADD, List.of(flags));
        });
  }

  /** Clears flags or keywords as another client would. */
  public void unflag(long uid, String... flags) {
    change(
        folder -> account.change(folder, stored(folder, uid), FlagChange.REMOVE, List.of(flags)));
  }

  /** Removes messages as another client would; what is not there is none to remove. */
  public void expunge(long... uids) {
    Set<Long> gone = Arrays.stream(uids).boxed().collect(Collectors.toSet());
    change(folder -> folder.removeIf(m -> gone.contains(m.uid())));
  }

  /** Lets RFC822.SIZE tell this of a message; BODY[] sends what there is. */
  public void listedSize(long uid, long sizeInBytes) {
    change(
        folder -> {
          StoredMessage message = stored(folder, uid);
          message.describe(message.content().uidl(), sizeInBytes);
        });
  }

  /** How many messages it holds. */
  public int count() {
    return with(folder -> folder.messages().size());
  }

  /** Its HIGHESTMODSEQ (RFC 7162). */
  public long highestModSeq() {
    return with(StoredFolder::highestModSeq);
  }

  /** Sets the count of changes on, or back, which makes the server a broken one. */
  public void highestModSeq(long number) {
    change(folder -> folder.highestModSeq(number));
  }

  /** Whether it counts changes; if not, SELECT tells NOMODSEQ. */
  public ImapFolder keepsModSeqs(boolean on) {
    change(folder -> folder.keepsModSeqs(on));
    return this;
  }

  /** Its UIDVALIDITY. */
  public long uidValidity() {
    return with(StoredFolder::uidValidity);
  }

  /** Sets UIDVALIDITY; UIDs stay. Sessions that have the folder selected are ended. */
  public void uidValidity(long number) {
    change(folder -> folder.uidValidity(number));
  }

  /**
   * Gives its messages the UIDs from 1 on and the folder a greater UIDVALIDITY, as a server does
   * that has lost its index. Sessions that have the folder selected are ended.
   */
  public void renumber() {
    change(folder -> folder.renumber(account.nextValidity()));
  }

  /** Its UIDNEXT. */
  public long uidNext() {
    return with(StoredFolder::uidNext);
  }

  /** The UID of the next message; a number that was used already makes the server a broken one. */
  public void uidNext(long number) {
    change(folder -> folder.uidNext(number));
  }

  /** Attributes that LIST shows, such as {@code \Sent}; replaces those before. */
  public ImapFolder attributes(String... attributes) {
    change(folder -> folder.attributes(List.of(attributes)));
    return this;
  }

  /** The attributes that {@link #attributes} set, or its name brought with it; sorted. */
  public List<String> specialUses() {
    return with(folder -> List.copyOf(folder.attributes()));
  }

  /** Whether it only stands in the hierarchy (LIST says {@code \Noselect}). */
  public ImapFolder selectable(boolean on) {
    change(folder -> folder.selectable(on));
    return this;
  }

  /** Whether clients may only read it. */
  public ImapFolder readOnly(boolean on) {
    change(folder -> folder.readOnly(on));
    return this;
  }

  private void change(Consumer<StoredFolder> change) {
    with(
        folder -> {
          change.accept(folder);
          return folder;
        });
  }

  private <T> T with(Function<StoredFolder, T> work) {
    return account.locked(() -> work.apply(account.find(name).orElseThrow(this::missing)));
  }

  private StoredMessage stored(StoredFolder folder, long uid) {
    return folder
        .message(uid)
        .orElseThrow(() -> new IllegalStateException(name + " has no message " + uid));
  }

  private IllegalStateException missing() {
    return new IllegalStateException("there is no folder " + name);
  }
}

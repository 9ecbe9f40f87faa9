// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import dev.mailbox.testkit.internal.store.Account;
import java.time.Instant;
import java.util.List;

/**
 * A folder of a {@link FakeAccount}, looked at past the protocols. The id of a message is its UID.
 * What changes is told to sessions when the protocol allows it, to those that idle at once.
 * Thread-safe.
 *
 * <p>It stands for the name: methods throw {@link IllegalStateException} while there is no such
 * folder.
 */
public final class FakeFolder implements ServerFolder {
  private final ImapFolder folder;

  FakeFolder(Account account, String name) {
    this.folder = new ImapFolder(account, name);
  }

  /** The same folder by its numbers: UIDs, UIDVALIDITY, mod-sequences, attributes. */
  public ImapFolder imap() {
    return folder;
  }

  @Override
  public String name() {
    return folder.name();
  }

  @Override
  public String deliver(byte[] raw) {
    return String.valueOf(folder.deliver(raw));
  }

  @Override
  public String deliver(byte[] raw, Instant arrivedAt, String... flags) {
    return String.valueOf(folder.deliver(raw, arrivedAt, flags));
  }

  @Override
  public List<HeldMessage> messages() {
    return folder.messages().stream().map(FakeFolder::held).toList();
  }

  @Override
  public int count() {
    return folder.count();
  }

  @Override
  public void flag(String id, String... flags) {
    folder.flag(Long.parseLong(id), flags);
  }

  @Override
  public void unflag(String id, String... flags) {
    folder.unflag(Long.parseLong(id), flags);
  }

  @Override
  public void remove(String id) {
    folder.expunge(Long.parseLong(id));
  }

  private static HeldMessage held(ImapMessage message) {
    return new HeldMessage(
        String.valueOf(message.uid()), message.raw(), message.internalDate(), message.flags());
  }
}

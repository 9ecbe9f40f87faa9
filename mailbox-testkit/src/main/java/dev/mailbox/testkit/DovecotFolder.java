// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import dev.mailbox.testkit.internal.dovecot.Maildir;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** A folder of a {@link DovecotAccount}, looked at through its files. Thread-safe. */
public final class DovecotFolder implements ServerFolder {
  private final String name;
  private final Maildir maildir;

  DovecotFolder(String name, Maildir maildir) {
    this.name = name;
    this.maildir = maildir;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String deliver(byte[] raw) {
    return maildir.deliver(name, raw);
  }

  @Override
  public String deliver(byte[] raw, Instant arrivedAt, String... flags) {
    return maildir.deliver(name, raw, arrivedAt, Set.of(flags));
  }

  @Override
  public List<HeldMessage> messages() {
    return maildir.list(name).stream().map(this::held).toList();
  }

  @Override
  public int count() {
    return maildir.list(name).size();
  }

  @Override
  public void flag(String id, String... flags) {
    maildir.flag(name, id, Set.of(flags), Set.of());
  }

  @Override
  public void unflag(String id, String... flags) {
    maildir.flag(name, id, Set.of(), Set.of(flags));
  }

  @Override
  public void remove(String id) {
    maildir.remove(name, id);
  }

  /** Its UIDVALIDITY; empty until a session has looked at the folder. */
  public OptionalLong uidValidity() {
    return maildir.uidValidity(name);
  }

  /** The UID of a message; empty until a session has seen it. */
  public OptionalLong uid(String id) {
    return maildir.uid(name, id);
  }

  /**
   * Makes Dovecot number the messages from 1 on under another UIDVALIDITY, as after the loss of its
   * index. Sessions that have the folder selected are ended.
   *
   * @throws java.util.NoSuchElementException when no session has looked at the folder yet
   */
  public void renumber() {
    maildir.renumber(name);
  }

  /** Takes from clients the right to change the folder, or gives it back. */
  public void readOnly(boolean on) {
    maildir.readOnly(name, on);
  }

  private HeldMessage held(Maildir.Entry entry) {
    Instant arrivedAt = maildir.arrivedAt(name, entry.id());
    return new HeldMessage(entry.id(), maildir.read(name, entry.id()), arrivedAt, entry.flags());
  }
}

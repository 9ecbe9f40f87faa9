// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import dev.mailbox.testkit.internal.dovecot.Maildir;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * A user of a {@link DovecotServer}. Names of its folders have {@code /} between those of a
 * hierarchy, are not encoded, and hold no dots. Thread-safe.
 */
public final class DovecotAccount implements ServerAccount {
  private final String name;
  private final String password;
  private final Maildir maildir;
  private final LongConsumer quota;

  DovecotAccount(String name, String password, Maildir maildir, LongConsumer quota) {
    this.name = name;
    this.password = password;
    this.maildir = maildir;
    this.quota = quota;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String password() {
    return password;
  }

  @Override
  public DovecotFolder inbox() {
    return folder("INBOX");
  }

  /** A folder; it is made, with those above it, when it is not there. */
  @Override
  public DovecotFolder folder(String folder) {
    maildir.addFolder(folder);
    return new DovecotFolder(folder, maildir);
  }

  /** The names of all folders, sorted. */
  public List<String> folders() {
    return maildir.folders();
  }

  /** Removes a folder with its messages as another client would; those below it stay. */
  public void deleteFolder(String folder) {
    maildir.removeFolder(folder);
  }

  /** Gives a folder, and those below it, another name as another client would. */
  public void renameFolder(String from, String to) {
    maildir.renameFolder(from, to);
  }

  /** How many bytes of mail sessions that log in from now on may put in. */
  public void quota(long bytes) {
    quota.accept(bytes);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.ActionMode;
import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import java.nio.file.Path;
import java.util.Set;

/** A mailbox whose mail lives on a server, with three messages and a folder. */
final class ServerFixture implements AutoCloseable {
  static final FolderPath INBOX = FolderPath.INBOX;
  static final FolderPath WORK = FolderPath.of("Work");
  TestRemote remote = TestRemote.onServer();
  TestActions actions = remote.actions;
  Mailbox mailbox;
  private final Path directory;
  private final ActionMode mode;

  ServerFixture(Path directory) {
    this(directory, ActionMode.ONLINE_FIRST);
  }

  ServerFixture(Path directory, ActionMode mode) {
    this.directory = directory;
    this.mode = mode;
    for (String subject : new String[] {"one", "two", "three"}) {
      remote.server.deliver(StoreFixture.mail(subject));
    }
    remote.server.perform(new dev.mailbox.spi.RemoteAction.CreateFolder(WORK));
    mailbox = open(remote);
    mailbox.sync();
  }

  private Mailbox open(TestRemote with) {
    return StoreMailbox.open(StoreFixture.config().keepIn(directory).actions(mode).build(), with);
  }

  /** Closes the mailbox and opens it again over a new connection to the same server. */
  void reopen() {
    mailbox.close();
    remote = remote.again();
    actions = remote.actions;
    mailbox = open(remote);
  }

  Message message(String subject) {
    return StoreFixture.bySubject(mailbox, subject);
  }

  int total(FolderPath folder) {
    return mailbox.folder(folder).orElseThrow().counts().total();
  }

  int onServer(FolderPath folder) {
    return remote.server.list(folder).size();
  }

  Set<Flag> serverFlags(String subject) {
    return remote.server.folders().stream()
        .flatMap(folder -> remote.server.list(folder).values().stream())
        .filter(mail -> mail.text().contains("Subject: " + subject + "\r\n"))
        .findFirst()
        .orElseThrow()
        .flags();
  }

  void goOffline() {
    remote.offline = true;
  }

  void goOnline() {
    remote.offline = false;
  }

  @Override
  public void close() {
    mailbox.close();
  }
}

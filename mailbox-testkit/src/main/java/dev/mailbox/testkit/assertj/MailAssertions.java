// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.assertj;

import dev.mailbox.testkit.FakeAccount;
import dev.mailbox.testkit.FakeImap;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.FakePop3;
import dev.mailbox.testkit.HeldMessage;
import dev.mailbox.testkit.ImapFolder;
import dev.mailbox.testkit.ImapMessage;
import dev.mailbox.testkit.ServerFolder;
import dev.mailbox.testkit.imap.ImapCommand;
import java.util.List;

/**
 * Where assertions begin. Each looks at what there is when it is called; folders and lists of
 * commands are read once, when the assertion begins.
 */
public final class MailAssertions {
  private MailAssertions() {}

  /** About both sides of a server; its commands are those of IMAP and behind them those of POP3. */
  public static ServerAssert assertThat(FakeMailServer server) {
    return new ServerAssert(
        new ServerAssert.Seen(
            "the server",
            server::connections,
            server::openConnections,
            () -> Commands.of(server.imap()).and(Commands.of(server.pop3()))));
  }

  /** About the IMAP side of a server. */
  public static ServerAssert assertThat(FakeImap side) {
    return new ServerAssert(
        new ServerAssert.Seen(
            "the IMAP server", side::connections, side::openConnections, () -> Commands.of(side)));
  }

  /** About the POP3 side of a server. */
  public static ServerAssert assertThat(FakePop3 side) {
    return new ServerAssert(
        new ServerAssert.Seen(
            "the POP3 server", side::connections, side::openConnections, () -> Commands.of(side)));
  }

  /** About commands, such as those of one connection. */
  public static CommandsAssert assertThat(List<ImapCommand> commands) {
    return new CommandsAssert(commands);
  }

  /** About a user. */
  public static AccountAssert assertThat(FakeAccount account) {
    return new AccountAssert(account);
  }

  /** About what a folder holds now. */
  public static FolderAssert assertThat(ServerFolder folder) {
    return new FolderAssert(folder.name(), folder.messages());
  }

  /** About what a folder holds now. */
  public static FolderAssert assertThat(ImapFolder folder) {
    return new FolderAssert(
        folder.name(), folder.messages().stream().map(MailAssertions::held).toList());
  }

  /** About a message on a server. */
  public static MessageAssert assertThat(HeldMessage message) {
    return new MessageAssert(message);
  }

  /** About a message on a server. */
  public static MessageAssert assertThat(ImapMessage message) {
    return new MessageAssert(held(message));
  }

  private static HeldMessage held(ImapMessage message) {
    return new HeldMessage(
        String.valueOf(message.uid()), message.raw(), message.internalDate(), message.flags());
  }
}

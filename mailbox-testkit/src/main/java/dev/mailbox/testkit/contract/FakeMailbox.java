// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.ServerId.ImapUid;
import dev.mailbox.testkit.FakeAccount;
import dev.mailbox.testkit.FakeFolder;
import dev.mailbox.testkit.HeldMessage;
import dev.mailbox.testkit.ImapFolder;
import dev.mailbox.testkit.ImapMessage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** An account of a fake server; UIDs are its ids. */
final class FakeMailbox implements ServerMailbox {
  private final FakeAccount account;

  FakeMailbox(FakeAccount account) {
    this.account = account;
  }

  @Override
  public List<FolderPath> folders() {
    return account.folders().stream().filter(this::isOurs).map(this::path).toList();
  }

  @Override
  public void createFolder(FolderPath path) {
    FakeFolder unused = account.folder(name(path));
  }

  @Override
  public FolderPath createFolder(FolderRole role) {
    String name = RoleFolders.name(role);
    Optional<String> there =
        account.folders().stream()
            .filter(other -> account.existing(other).imap().specialUses().contains("\\" + name))
            .findFirst();
    if (there.isPresent()) {
      return path(there.get());
    }
    ImapFolder unused = account.folder(account.namespace() + name).imap().attributes("\\" + name);
    return FolderPath.of(name);
  }

  @Override
  public void renameFolder(FolderPath from, FolderPath to) {
    account.renameFolder(name(from), name(to));
  }

  @Override
  public void deleteFolder(FolderPath path) {
    account.deleteFolder(name(path));
  }

  @Override
  public String deliver(FolderPath folder, byte[] rawMessage, Instant arrivedAt) {
    return String.valueOf(folder(folder).deliver(rawMessage, arrivedAt));
  }

  @Override
  public List<HeldMessage> messages(FolderPath folder) {
    return folder(folder).messages().stream().map(FakeMailbox::held).toList();
  }

  @Override
  public ImapUid serverId(FolderPath folder, String id) {
    return new ImapUid(folder(folder).uidValidity(), Long.parseLong(id));
  }

  @Override
  public void flag(FolderPath folder, String id, String... flags) {
    folder(folder).flag(Long.parseLong(id), flags);
  }

  @Override
  public void unflag(FolderPath folder, String id, String... flags) {
    folder(folder).unflag(Long.parseLong(id), flags);
  }

  @Override
  public void remove(FolderPath folder, String id) {
    folder(folder).expunge(Long.parseLong(id));
  }

  @Override
  public void renumber(FolderPath folder) {
    folder(folder).renumber();
  }

  @Override
  public void makeReadOnly(FolderPath folder) {
    ImapFolder unused = folder(folder).readOnly(true);
  }

  @Override
  public void limit(long bytes) {
    FakeAccount unused = account.quota(bytes);
  }

  private ImapFolder folder(FolderPath path) {
    return account.existing(name(path)).imap();
  }

  private String name(FolderPath path) {
    return path.equals(FolderPath.INBOX)
        ? "INBOX"
        : account.namespace() + String.join("" + account.delimiter(), path.segments());
  }

  private boolean isOurs(String name) {
    return name.equals("INBOX") || name.startsWith(account.namespace());
  }

  private FolderPath path(String name) {
    if (name.equals("INBOX")) {
      return FolderPath.INBOX;
    }
    String own = name.substring(account.namespace().length());
    return new FolderPath(List.of(own.split(Pattern.quote("" + account.delimiter()), -1)));
  }

  private static HeldMessage held(ImapMessage message) {
    return new HeldMessage(
        String.valueOf(message.uid()), message.raw(), message.internalDate(), message.flags());
  }
}

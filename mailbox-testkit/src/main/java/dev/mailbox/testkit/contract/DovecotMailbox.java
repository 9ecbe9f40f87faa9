// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.ServerId.ImapUid;
import dev.mailbox.testkit.DovecotAccount;
import dev.mailbox.testkit.DovecotFolder;
import dev.mailbox.testkit.HeldMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** An account of a Dovecot, through its files. Roles go by the names in its configuration. */
final class DovecotMailbox implements ServerMailbox {
  private final DovecotAccount account;

  DovecotMailbox(DovecotAccount account) {
    this.account = account;
  }

  @Override
  public List<FolderPath> folders() {
    return account.folders().stream().map(FolderPath::parse).toList();
  }

  @Override
  public void createFolder(FolderPath path) {
    DovecotFolder unused = folder(path);
  }

  @Override
  public FolderPath createFolder(FolderRole role) {
    FolderPath path = FolderPath.of(RoleFolders.name(role));
    createFolder(path);
    return path;
  }

  @Override
  public void renameFolder(FolderPath from, FolderPath to) {
    account.renameFolder(from.toString(), to.toString());
  }

  @Override
  public void deleteFolder(FolderPath path) {
    account.deleteFolder(path.toString());
  }

  @Override
  public String deliver(FolderPath folder, byte[] rawMessage, Instant arrivedAt) {
    return folder(folder).deliver(rawMessage, arrivedAt);
  }

  @Override
  public List<HeldMessage> messages(FolderPath folder) {
    return folder(folder).messages().stream().map(DovecotMailbox::asServed).toList();
  }

  @Override
  public ImapUid serverId(FolderPath folder, String id) {
    DovecotFolder numbered = folder(folder);
    return new ImapUid(numbered.uidValidity().orElseThrow(), numbered.uid(id).orElseThrow());
  }

  @Override
  public void flag(FolderPath folder, String id, String... flags) {
    folder(folder).flag(id, flags);
  }

  @Override
  public void unflag(FolderPath folder, String id, String... flags) {
    folder(folder).unflag(id, flags);
  }

  @Override
  public void remove(FolderPath folder, String id) {
    folder(folder).remove(id);
  }

  @Override
  public void renumber(FolderPath folder) {
    folder(folder).renumber();
  }

  @Override
  public void makeReadOnly(FolderPath folder) {
    folder(folder).readOnly(true);
  }

  @Override
  public void limit(long bytes) {
    account.quota(bytes);
  }

  private DovecotFolder folder(FolderPath path) {
    return account.folder(path.toString());
  }

  /** With the line ends that the server sends, whatever it keeps. */
  private static HeldMessage asServed(HeldMessage kept) {
    String text = new String(kept.raw(), StandardCharsets.ISO_8859_1);
    byte[] served = text.replaceAll("(?<!\r)\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    return new HeldMessage(kept.id(), served, kept.arrivedAt(), kept.flags());
  }
}

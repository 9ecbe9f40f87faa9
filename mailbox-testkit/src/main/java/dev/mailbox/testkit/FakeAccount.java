// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import dev.mailbox.testkit.internal.pop3.Pop3Engine;
import dev.mailbox.testkit.internal.store.Account;
import dev.mailbox.testkit.internal.store.Refusal;
import dev.mailbox.testkit.internal.store.StoredFolder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A user of a {@link FakeMailServer}. Thread-safe. */
public final class FakeAccount implements ServerAccount {
  private final Account account;
  private final Pop3Engine pop3;

  FakeAccount(Account account, Pop3Engine pop3) {
    this.account = account;
    this.pop3 = pop3;
  }

  @Override
  public String name() {
    return account.user();
  }

  @Override
  public String password() {
    return account
        .secrets()
        .password()
        .orElseThrow(() -> new IllegalStateException(name() + " has no password"));
  }

  /** From now on XOAUTH2 and OAUTHBEARER let this token in. */
  public FakeAccount token(String token) {
    account.secrets().addToken(token, Instant.MAX);
    return this;
  }

  /** From now on they let this token in, and for that long by the server's clock. */
  public FakeAccount token(String token, Duration lifetime) {
    account.secrets().addToken(token, account.now().plus(lifetime));
    return this;
  }

  /**
   * Ends the sessions that are open, between two commands, as servers do when a token has expired
   * or a password was changed: IMAP ones with BYE, POP3 ones without a word. Returns at once.
   */
  public FakeAccount endSessions() {
    account.endSessions();
    return this;
  }

  /** From now on this token is refused, as one that has expired; sessions that are open go on. */
  public FakeAccount expireToken(String token) {
    account.secrets().removeToken(token);
    return this;
  }

  /** How many bytes the account may hold; what goes beyond is refused with [OVERQUOTA]. */
  public FakeAccount quota(long bytes) {
    return locked(() -> account.quota(bytes));
  }

  /** What stands between the names of a hierarchy; {@code /} unless said before there are any. */
  public FakeAccount delimiter(char character) {
    return locked(() -> account.delimiter(character));
  }

  @Override
  public FakeFolder inbox() {
    return new FakeFolder(account, "INBOX");
  }

  /** The inbox as POP3 shows it: by UIDLs, which may be wrong. */
  public FakeMaildrop maildrop() {
    return new FakeMaildrop(account, pop3);
  }

  /**
   * A folder, made with those above it when it is not there.
   *
   * @throws IllegalArgumentException if folders of this server have names that begin with {@link
   *     #namespace}, and this does not
   */
  @Override
  public FakeFolder folder(String name) {
    checkNamespace(name);
    account.locked(
        () -> {
          if (account.find(name).filter(StoredFolder::isSelectable).isEmpty()) {
            allowed(() -> account.create(name));
          }
          return account;
        });
    return new FakeFolder(account, name);
  }

  /** With what the names of all folders but the inbox begin, such as {@code INBOX.}. */
  public String namespace() {
    return account.namespace();
  }

  /** What stands between the names of a hierarchy. */
  public char delimiter() {
    return account.delimiter();
  }

  /** The folder with that name, whether it exists or not. */
  public FakeFolder existing(String name) {
    return new FakeFolder(account, name);
  }

  /** Deletes a folder as another client would. */
  public void deleteFolder(String name) {
    locked(() -> allowed(() -> account.delete(name)));
  }

  /**
   * Renames a folder, and those below it, as another client would.
   *
   * @throws IllegalArgumentException as {@link #folder} does, for the new name
   */
  public void renameFolder(String from, String to) {
    checkNamespace(to);
    locked(() -> allowed(() -> account.rename(from, to)));
  }

  /** The names of all folders, not encoded, sorted. */
  public List<String> folders() {
    return account.locked(() -> account.folders().stream().map(StoredFolder::name).toList());
  }

  /** The names that clients have subscribed to, not encoded, sorted. */
  public List<String> subscribed() {
    return account.locked(() -> List.copyOf(account.subscribed()));
  }

  /** As the server has it. */
  Account stored() {
    return account;
  }

  private void checkNamespace(String name) {
    String canonical = account.canonical(name);
    if (!canonical.equals("INBOX") && !canonical.startsWith(namespace())) {
      throw new IllegalArgumentException(
          "folders have names that begin with "
              + namespace()
              + " here: "
              + namespace()
              + name
              + " instead of "
              + name);
    }
  }

  private FakeAccount locked(Runnable work) {
    account.locked(
        () -> {
          work.run();
          return account;
        });
    return this;
  }

  private interface Change {
    void run() throws Refusal;
  }

  /** What the protocol would refuse is a mistake of the test. */
  private static void allowed(Change change) {
    try {
      change.run();
    } catch (Refusal e) {
      throw new IllegalStateException(e.text(), e);
    }
  }
}

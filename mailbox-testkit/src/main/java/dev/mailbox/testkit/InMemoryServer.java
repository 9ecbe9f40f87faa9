// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.MailboxConfig;
import dev.mailbox.connect.Credentials;
import dev.mailbox.testkit.fault.Operation;
import dev.mailbox.testkit.internal.memory.Device;
import dev.mailbox.testkit.internal.memory.Faults;
import dev.mailbox.testkit.internal.memory.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The other side of an {@link InMemoryMailbox}: what the account holds, changed as another client
 * would, and what goes wrong when the mailbox asks. There is no protocol and no port. Thread-safe;
 * what is changed is seen by the next sync, and by whoever waits.
 *
 * <p>Names of folders are paths, with {@code /} between their segments.
 */
public final class InMemoryServer implements ServerAccount {
  private final TestClock clock = TestClock.ticking();
  private final Server server;

  private InMemoryServer(MailboxConfig config) {
    this.server = new Server(config, clock);
  }

  static InMemoryServer of(MailboxConfig config) {
    if (config.host().isEmpty()) {
      throw new IllegalArgumentException("the configuration is for no server");
    }
    return new InMemoryServer(config);
  }

  /**
   * Opens another mailbox on this account: another device's, or, with the store of one that was
   * closed, that one's again with all that it had. A configuration with another host, port, user or
   * password meets what that would meet; one that is {@linkplain MailboxConfig#offline offline}
   * opens the store alone.
   *
   * @throws dev.mailbox.StoreException if the store is open, or an offline one does not exist
   */
  public InMemoryMailbox open(MailboxConfig config) {
    return new InMemoryMailbox(this, Device.open(config, server));
  }

  @Override
  public String name() {
    return credentials().user();
  }

  @Override
  public String password() {
    if (credentials() instanceof Credentials.Password login) {
      return login.password();
    }
    throw new IllegalStateException(name() + " has no password");
  }

  private Credentials credentials() {
    return server.account().credentials().orElseThrow();
  }

  /**
   * The clock of the server and of its mailboxes: when messages arrive, how old they are, how long
   * they have been here, and when tokens expire. It shows the present time until a test sets it.
   */
  public TestClock clock() {
    return clock;
  }

  /**
   * From now on logins with OAuth need this token, or another one that was told. Until then each
   * token is let in.
   */
  public InMemoryServer token(String token) {
    change(() -> server.token(token, Instant.MAX));
    return this;
  }

  /** The same for a token that is let in for that long, by the {@link #clock}. */
  public InMemoryServer token(String token, Duration lifetime) {
    change(() -> server.token(token, clock.instant().plus(lifetime)));
    return this;
  }

  /** From now on this token is refused, as one that has expired; sessions that are open go on. */
  public InMemoryServer expireToken(String token) {
    change(() -> server.expireToken(token));
    return this;
  }

  @Override
  public ServerFolder inbox() {
    return new InMemoryFolder(server, FolderPath.INBOX);
  }

  @Override
  public ServerFolder folder(String name) {
    FolderPath path = FolderPath.parse(name);
    change(() -> server.create(path));
    return new InMemoryFolder(server, path);
  }

  /** A folder that has a role, made when it is not there. */
  public ServerFolder folder(String name, FolderRole role) {
    ServerFolder folder = folder(name);
    change(() -> server.role(FolderPath.parse(name), role));
    return folder;
  }

  /** The names of all folders, sorted. */
  public List<String> folders() {
    return read(() -> server.folders().stream().map(FolderPath::toString).sorted().toList());
  }

  /** Renames a folder, and those below it, as another client would. */
  public void renameFolder(String from, String to) {
    change(() -> server.rename(FolderPath.parse(from), FolderPath.parse(to)));
  }

  /** Deletes a folder with its messages, as another client would; those below it stay. */
  public void deleteFolder(String name) {
    change(() -> server.delete(FolderPath.parse(name)));
  }

  /** Gives all messages of a folder new ids, and the folder another UIDVALIDITY. */
  public void renumber(String folder) {
    change(() -> server.renumber(FolderPath.parse(folder)));
  }

  /** The UIDVALIDITY of a folder; ids of messages are their UIDs. */
  public long uidValidity(String folder) {
    return read(() -> server.uidValidity(FolderPath.parse(folder)));
  }

  /** How many bytes the account may hold; what goes beyond is refused. */
  public void quota(long bytes) {
    change(() -> server.quota(bytes));
  }

  /** What is to go wrong with these operations; see {@link InMemoryOverride}. */
  public InMemoryOverride on(Operation first, Operation... more) {
    return new InMemoryOverride(this, EnumSet.of(first, more));
  }

  /** What is to go wrong with whatever is asked; see {@link InMemoryOverride}. */
  public InMemoryOverride onAny() {
    return new InMemoryOverride(this, Set.of(Operation.values()));
  }

  /** Forgets all overrides. */
  public void heal() {
    server.faults().clear();
  }

  /**
   * Fails when an override was never used.
   *
   * @throws AssertionError naming those that were not
   */
  public void verify() {
    List<String> unused = server.faults().unused();
    if (!unused.isEmpty()) {
      throw new AssertionError("never used: " + String.join(", ", unused));
    }
  }

  Faults faults() {
    return server.faults();
  }

  private void change(Runnable work) {
    boolean unused =
        server.change(
            () -> {
              work.run();
              return true;
            });
  }

  private <T> T read(Supplier<T> work) {
    return server.read(work);
  }

  @Override
  public String toString() {
    return "InMemoryServer[" + name() + "]";
  }
}

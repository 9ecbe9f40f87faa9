// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Reason;
import dev.mailbox.Residence;
import dev.mailbox.ServerId.ImapUid;
import dev.mailbox.testkit.HeldMessage;
import dev.mailbox.testkit.InMemoryMailbox;
import dev.mailbox.testkit.InMemoryServer;
import dev.mailbox.testkit.fault.Operation;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Accounts in memory as the contracts see them. */
final class InMemoryContracts implements ResidentServer {
  private static final String PASSWORD = "correct horse";

  private final Map<String, InMemoryServer> servers = new ConcurrentHashMap<>();
  private final Map<Path, InMemoryServer> stores = new ConcurrentHashMap<>();
  private final String url;

  /** For mail that lives on the server, or where the scheme is POP3's, here. */
  InMemoryContracts(String scheme) {
    this.url = scheme + "://mail.example.org";
  }

  private InMemoryServer account(String user) {
    return servers.computeIfAbsent(
        user,
        name -> {
          try (var first = InMemoryMailbox.open(config(name).build())) {
            return first.server();
          }
        });
  }

  Mailbox open(MailboxConfig config) {
    InMemoryServer server =
        config
            .credentials()
            .map(login -> account(login.user()))
            .or(() -> config.store().map(stores::get))
            .orElseThrow();
    InMemoryMailbox mailbox = server.open(config);
    config.store().ifPresent(path -> stores.put(path, server));
    if (config.proxy().isPresent()) {
      mailbox.offline();
    }
    return mailbox;
  }

  @Override
  public String displayName() {
    return url + " in memory";
  }

  @Override
  public MailboxConfig.Builder config(String user) {
    return MailboxConfig.at(url).login(user, PASSWORD);
  }

  @Override
  public ServerMailbox mailbox(String user) {
    return new Account(account(user));
  }

  @Override
  public Residence residence() {
    return url.startsWith("pop3") ? Residence.LOCAL : Residence.SERVER;
  }

  @Override
  public void close() {}

  private record Account(InMemoryServer server) implements ServerMailbox {
    @Override
    public List<FolderPath> folders() {
      return server.folders().stream().map(FolderPath::parse).toList();
    }

    @Override
    public void createFolder(FolderPath path) {
      assertMade(server.folder(path.toString()).name(), path);
    }

    @Override
    public FolderPath createFolder(FolderRole role) {
      FolderPath path = FolderPath.of(RoleFolders.name(role));
      assertMade(server.folder(path.toString(), role).name(), path);
      return path;
    }

    private static void assertMade(String name, FolderPath path) {
      if (!FolderPath.parse(name).equals(path)) {
        throw new AssertionError(name);
      }
    }

    @Override
    public void renameFolder(FolderPath from, FolderPath to) {
      server.renameFolder(from.toString(), to.toString());
    }

    @Override
    public void deleteFolder(FolderPath path) {
      server.deleteFolder(path.toString());
    }

    @Override
    public String deliver(FolderPath folder, byte[] rawMessage, Instant arrivedAt) {
      return server.folder(folder.toString()).deliver(rawMessage, arrivedAt);
    }

    @Override
    public List<HeldMessage> messages(FolderPath folder) {
      return server.folder(folder.toString()).messages();
    }

    @Override
    public ImapUid serverId(FolderPath folder, String id) {
      return new ImapUid(server.uidValidity(folder.toString()), Long.parseLong(id));
    }

    @Override
    public void flag(FolderPath folder, String id, String... flags) {
      server.folder(folder.toString()).flag(id, flags);
    }

    @Override
    public void unflag(FolderPath folder, String id, String... flags) {
      server.folder(folder.toString()).unflag(id, flags);
    }

    @Override
    public void remove(FolderPath folder, String id) {
      server.folder(folder.toString()).remove(id);
    }

    @Override
    public void renumber(FolderPath folder) {
      server.renumber(folder.toString());
    }

    @Override
    public void makeReadOnly(FolderPath folder) {
      Operation[] changes = {Operation.MOVE, Operation.COPY, Operation.APPEND, Operation.DELETE};
      InMemoryServer unused =
          server.on(Operation.FLAG, changes).folder(folder.toString()).fails(Reason.NO_PERMISSION);
    }

    @Override
    public void limit(long bytes) {
      server.quota(bytes);
    }
  }
}

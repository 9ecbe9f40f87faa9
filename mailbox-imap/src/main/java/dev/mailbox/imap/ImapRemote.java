// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import dev.mailbox.FolderPath;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Residence;
import dev.mailbox.ServerId;
import dev.mailbox.connect.CheckReport;
import dev.mailbox.imap.internal.action.ImapActions;
import dev.mailbox.imap.internal.command.Select;
import dev.mailbox.imap.internal.connect.Sessions;
import dev.mailbox.imap.internal.connect.Watching;
import dev.mailbox.imap.internal.folder.Catalog;
import dev.mailbox.imap.internal.folder.UidKeys;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.search.ServerSearch;
import dev.mailbox.imap.internal.session.Failures;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.imap.internal.session.Selected;
import dev.mailbox.imap.internal.sync.BodyFetch;
import dev.mailbox.imap.internal.sync.HeaderFetch;
import dev.mailbox.imap.internal.sync.SyncEngine;
import dev.mailbox.search.Query;
import dev.mailbox.spi.Remote;
import dev.mailbox.spi.RemoteActions;
import dev.mailbox.spi.RemoteFolder;
import dev.mailbox.spi.RemoteSearch;
import dev.mailbox.spi.Replica;
import dev.mailbox.spi.SyncTask;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.Removal;
import dev.mailbox.wire.WireException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** An account on an IMAP server (RFC 3501, RFC 9051). Safe for several threads. */
final class ImapRemote implements Remote, RemoteSearch {
  private final MailboxConfig config;
  private final Sessions sessions;
  private final Catalog catalog = new Catalog();
  private final ImapActions actions;
  private final Watching watching;

  ImapRemote(MailboxConfig config) {
    this.config = config;
    this.sessions = new Sessions(config);
    this.actions = new ImapActions(sessions, catalog);
    this.watching = new Watching(sessions);
  }

  @Override
  public Residence residence() {
    return Residence.SERVER;
  }

  @Override
  public BodyPolicy defaultBodies() {
    return BodyPolicy.onDemand();
  }

  @Override
  public Removal defaultRemoval() {
    return Removal.never();
  }

  @Override
  public CheckReport check() {
    return sessions.visit(ImapRemote::check);
  }

  private static CheckReport check(ImapSession session) throws WireException {
    Status status = Select.examine(session, "INBOX");
    OptionalLong messages =
        session.selected().map(Selected::exists).map(OptionalLong::of).orElse(OptionalLong.empty());
    if (!status.isOk()) {
      throw Failures.command(session.connection(), "open the inbox", status);
    }
    return new CheckReport(
        "IMAP",
        session.greeting().shown(),
        session.security(),
        session.mechanism(),
        session.capabilities().names(),
        messages);
  }

  @Override
  public void sync(SyncTask task, Replica replica) {
    sessions.host(new SyncEngine(catalog, task, replica, config.maxMessageBytes()));
  }

  @Override
  public Set<String> fetch(RemoteFolder folder, Collection<String> keys, Replica replica) {
    if (keys.isEmpty()) {
      return Set.of();
    }
    SyncTask task = SyncTask.ofDownload(sessions::checkOpen);
    return sessions.visit(
        session ->
            new BodyFetch(task, replica, config.maxMessageBytes())
                .run(session, catalog.names(session).name(folder.path()), folder.path(), keys));
  }

  @Override
  public void awaitNews(FolderPath folder, Duration atMost) {
    watching.await(session -> catalog.names(session).name(folder), atMost);
  }

  @Override
  public Optional<ServerId> serverId(RemoteFolder folder, String key) {
    return UidKeys.serverId(key);
  }

  @Override
  public Optional<RemoteActions> actions() {
    return Optional.of(actions);
  }

  @Override
  public Optional<RemoteSearch> search() {
    return Optional.of(this);
  }

  @Override
  public List<String> find(RemoteFolder folder, Query query, boolean newestFirst) {
    ServerSearch.Question question = new ServerSearch.Question(query, newestFirst);
    return sessions.visit(
        session ->
            ServerSearch.find(
                session, catalog.names(session).name(folder.path()), folder, question));
  }

  @Override
  public void bring(RemoteFolder folder, Collection<String> keys, Replica replica) {
    SyncTask task = SyncTask.ofDownload(sessions::checkOpen);
    sessions.visit(
        session -> {
          String name = catalog.names(session).name(folder.path());
          new HeaderFetch(task, replica, config.maxMessageBytes())
              .run(session, name, folder.path(), keys);
          return keys.size();
        });
  }

  @Override
  public void close() {
    sessions.close();
  }
}

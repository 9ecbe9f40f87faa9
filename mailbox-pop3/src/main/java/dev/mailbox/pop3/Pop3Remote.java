// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.FolderPath;
import dev.mailbox.MailboxConfig;
import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import dev.mailbox.Residence;
import dev.mailbox.ServerId;
import dev.mailbox.connect.AuthenticationException;
import dev.mailbox.connect.CheckReport;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.connect.Credentials;
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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A maildrop (RFC 1939). Each call is a session of its own, and they take turns: a server admits
 * one at a time. Safe for several threads.
 */
final class Pop3Remote implements Remote {
  private final MailboxConfig config;
  private final Entrance entrance;
  private final Turn turn = new Turn();
  private volatile @Nullable Guests guests;
  private final AtomicLong leftAloneUntil = new AtomicLong(System.nanoTime());

  Pop3Remote(MailboxConfig config) {
    this.config = config;
    this.entrance = new Entrance(config);
  }

  /** What is done in a session. */
  private interface Visit<T> {
    T to(Pop3Session session) throws WireException;
  }

  @Override
  public Residence residence() {
    return Residence.LOCAL;
  }

  @Override
  public BodyPolicy defaultBodies() {
    return BodyPolicy.all();
  }

  @Override
  public Removal defaultRemoval() {
    return Removal.afterDownload();
  }

  @Override
  public CheckReport check() {
    return visit(
        session -> {
          OptionalLong messages = Stat.ask(session);
          CheckReport report =
              new CheckReport(
                  "POP3",
                  session.greeting(),
                  session.security(),
                  session.mechanism(),
                  session.capabilities().lines(),
                  messages);
          Quit.leave(session);
          return report;
        });
  }

  @Override
  public void sync(SyncTask task, Replica replica) {
    boolean more = covers(task.folders()) && covers(task.scope().folders());
    while (more) {
      more = visit(session -> sync(session, task, replica));
    }
  }

  private boolean sync(Pop3Session session, SyncTask task, Replica replica) throws WireException {
    Guests mine = new Guests();
    try {
      guests = mine;
      SyncWork.Host host = new SyncWork.Host(session, mine);
      return new SyncEngine(host, task, replica, config.maxMessageBytes()).run();
    } finally {
      guests = null;
      mine.end();
    }
  }

  private static boolean covers(Set<FolderPath> folders) {
    return folders.isEmpty() || folders.contains(FolderPath.INBOX);
  }

  @Override
  public Set<String> fetch(RemoteFolder folder, Collection<String> keys, Replica replica) {
    if (keys.isEmpty()) {
      return Set.of();
    }
    Guests host = guests;
    Optional<Set<String>> gone =
        host == null ? Optional.empty() : host.visit(bodies(folder, keys, replica)::asGuest);
    return gone.isPresent() ? gone.get() : visit(bodies(folder, keys, replica)::alone);
  }

  private BodyFetch bodies(RemoteFolder folder, Collection<String> keys, Replica replica) {
    SyncTask task = SyncTask.ofDownload(turn::checkOpen);
    return new BodyFetch(replica, task, config.maxMessageBytes(), folder, Set.copyOf(keys));
  }

  @Override
  public void awaitNews(FolderPath folder, Duration atMost) {
    turn.rest(atMost);
  }

  @Override
  public Duration leaveAloneFor() {
    return Duration.ofNanos(Math.max(0, leftAloneUntil.get() - System.nanoTime()));
  }

  @Override
  public Optional<ServerId> serverId(RemoteFolder folder, String key) {
    Keys.Parts parts = Keys.parse(key);
    return parts.isUidl() ? Optional.of(new ServerId.Pop3Uidl(parts.rest())) : Optional.empty();
  }

  @Override
  public Optional<RemoteActions> actions() {
    return Optional.empty();
  }

  @Override
  public Optional<RemoteSearch> search() {
    return Optional.empty();
  }

  @Override
  public void close() {
    turn.close();
  }

  private <T> T visit(Visit<T> visit) {
    turn.take();
    try {
      Pop3Session session = enter();
      try {
        return visit.to(session);
      } finally {
        session.connection().releaseBuffers();
        session.close();
      }
    } catch (WireException e) {
      throw Failures.of(e);
    } finally {
      turn.give();
    }
  }

  private Pop3Session enter() throws WireException {
    return config.credentials().orElseThrow() instanceof Credentials.OAuth oauth
        ? enter(oauth)
        : enter("");
  }

  /** A refused token is shown to its source once, which may have a better one. */
  private Pop3Session enter(Credentials.OAuth oauth) throws WireException {
    String token = token(oauth, Optional.empty());
    try {
      return enter(token);
    } catch (AuthenticationException e) {
      if (e.reason() != Reason.AUTHENTICATION_FAILED) {
        throw e;
      }
      String next = token(oauth, Optional.of(token));
      if (next.equals(token)) {
        throw e;
      }
      return enter(next);
    }
  }

  private static String token(Credentials.OAuth oauth, Optional<String> refused) {
    try {
      return oauth.tokens().token(refused);
    } catch (MailboxException e) {
      throw e;
    } catch (RuntimeException e) {
      throw Failures.noToken(e);
    }
  }

  private Pop3Session enter(String token) throws WireException {
    Pop3Session session = new Pop3Session(entrance.connection());
    boolean entered = false;
    try {
      turn.running(session);
      entrance.enter(session, token);
      entered = true;
      return session;
    } catch (ConnectionException e) {
      if (e.reason() == Reason.LOGIN_DELAY) {
        leftAloneUntil.set(System.nanoTime() + session.capabilities().loginDelay().toNanos());
      }
      throw e;
    } finally {
      if (!entered) {
        session.close();
      }
    }
  }
}

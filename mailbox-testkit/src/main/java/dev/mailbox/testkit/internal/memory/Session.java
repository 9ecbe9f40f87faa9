// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.FolderPath;
import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import dev.mailbox.connect.AuthenticationException;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.connect.Credentials;
import dev.mailbox.testkit.fault.Operation;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the server after a login, which happens when something is asked and none is
 * open. Thread-safe; its methods are called without the lock, because they may wait.
 */
final class Session {
  /** With these the server puts off what it was asked for, and the session goes on. */
  private static final Set<Reason> PUT_OFF =
      EnumSet.of(Reason.TEMPORARY, Reason.IN_USE, Reason.LIMIT);

  private final Server server;
  private final Link link;
  private final AtomicReference<@Nullable Login> open = new AtomicReference<>();

  /** A login that was tried, and perhaps let in. */
  private static final class Login {
    /** Empty with a password. */
    private final String token;

    /** How often the way had been cut before; the next time ends it. */
    private final int cuts;

    Login(String token, int cuts) {
      this.token = token;
      this.cuts = cuts;
    }
  }

  Session(Server server, Link link) {
    this.server = server;
    this.link = link;
  }

  /** Whether it goes on, as it does after what the server refused or put off. */
  boolean isOpen() {
    return login(link.cuts()).isPresent();
  }

  private Optional<Login> login(int cuts) {
    return Optional.ofNullable(open.get()).filter(login -> login.cuts == cuts);
  }

  /** Gets through to the server, or throws what is in the way. */
  void ask(Operation operation, List<FolderPath> folders) {
    ask(new Faults.Request(operation, folders), Span.of(Span.UNBOUNDED));
  }

  /** Does the same, but waits no longer than that; then it throws {@link Link.TimeUp}. */
  void ask(Faults.Request request, Span limit) {
    link.checkCancelled();
    int cuts = link.cuts();
    link.requireReachable();
    Login login = login(cuts).orElseGet(() -> new Login(token(Optional.empty()), cuts));
    try {
      visit(login, request, limit);
    } catch (AuthenticationException e) {
      visit(another(login, e), request, limit);
    }
    link.checkCancelled();
  }

  /** A refused token is shown to its source once, which may have a better one. */
  private Login another(Login refused, AuthenticationException problem) {
    String token = refused.token;
    if (problem.reason() == Reason.AUTHENTICATION_FAILED) {
      token = token(Optional.of(refused.token));
    }
    if (token.equals(refused.token)) {
      throw problem;
    }
    return new Login(token, refused.cuts);
  }

  private String token(Optional<String> refused) {
    if (!(link.credentials() instanceof Credentials.OAuth oauth)) {
      return "";
    }
    try {
      return oauth.tokens().token(refused);
    } catch (MailboxException e) {
      throw e;
    } catch (RuntimeException e) {
      String message = "the token source failed: " + e.getClass().getName();
      throw new ConnectionException(Reason.TEMPORARY, message, e, List.of());
    }
  }

  private void visit(Login login, Faults.Request request, Span limit) {
    try {
      enter(login);
      link.meet(request, limit);
    } catch (ConnectionException e) {
      if (!PUT_OFF.contains(e.reason())) {
        end(login);
      }
      throw e;
    } catch (AuthenticationException | Link.TimeUp e) {
      end(login);
      throw e;
    }
  }

  private void enter(Login login) {
    if (open.get() == login) {
      return;
    }
    Credentials credentials = link.credentials();
    if (!server.lets(credentials, login.token)) {
      throw new AuthenticationException(
          Reason.AUTHENTICATION_FAILED,
          link.config().host() + " refused the login of " + credentials.user(),
          null,
          List.of("C: login " + credentials.user() + " ***", "S: no"));
    }
    open.set(login);
  }

  /** Another login that was made meanwhile goes on. */
  private void end(Login login) {
    boolean unused = open.compareAndSet(login, null);
  }
}

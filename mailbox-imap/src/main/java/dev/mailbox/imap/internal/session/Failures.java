// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.session;

import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.connect.AuthenticationException;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.connect.LimitException;
import dev.mailbox.connect.ProtocolException;
import dev.mailbox.connect.TlsException;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.wire.CancelledException;
import dev.mailbox.wire.Connection;
import dev.mailbox.wire.GarbledReplyException;
import dev.mailbox.wire.LimitExceededException;
import dev.mailbox.wire.TimedOutException;
import dev.mailbox.wire.TlsFailedException;
import dev.mailbox.wire.UnreachableException;
import dev.mailbox.wire.WireException;
import java.util.List;
import java.util.Locale;

/** The one place where what goes wrong with a server becomes an exception of the API. */
public final class Failures {
  /** What is wrong with a folder whose messages cannot be known again (RFC 3501 section 7.1). */
  public static final String NO_VALIDITY =
      "has no UIDVALIDITY, so nothing tells its messages again";

  private Failures() {}

  /** What became of a connection. Its message names host and port, and never a secret. */
  public static MailboxException of(WireException e) {
    String message = String.valueOf(e.getMessage());
    List<String> transcript = e.transcript();
    if (e instanceof TlsFailedException tls) {
      return new TlsException(reason(tls), message, e, transcript);
    }
    if (e instanceof LimitExceededException) {
      return new LimitException(Reason.LIMIT_EXCEEDED, message, e, transcript);
    }
    if (e instanceof GarbledReplyException) {
      return new ProtocolException(Reason.PROTOCOL_VIOLATION, message, e, transcript);
    }
    return new ConnectionException(connectionReason(e), message, e, transcript);
  }

  private static Reason reason(TlsFailedException e) {
    return switch (e.problem()) {
      case EXPIRED, NOT_YET_VALID -> Reason.CERTIFICATE_EXPIRED;
      case WRONG_HOST -> Reason.CERTIFICATE_WRONG_HOST;
      case UNTRUSTED, REVOKED -> Reason.CERTIFICATE_UNTRUSTED;
      case NOT_TLS, INJECTION, OTHER -> Reason.TLS_FAILED;
    };
  }

  private static Reason connectionReason(WireException e) {
    if (e instanceof UnreachableException unreachable) {
      return unreachable.reason() == UnreachableException.Reason.UNKNOWN_HOST
          ? Reason.UNKNOWN_HOST
          : Reason.REFUSED;
    }
    if (e instanceof TimedOutException) {
      return Reason.TIMEOUT;
    }
    if (e instanceof CancelledException cancelled) {
      return cancelled.interrupted() ? Reason.INTERRUPTED : Reason.CLOSED;
    }
    return Reason.DISCONNECTED;
  }

  /** Why something was refused, from its response code (RFC 5530, RFC 9051 section 7.1). */
  public static Reason reason(Status status, Reason otherwise) {
    return switch (status.code()) {
      case "AUTHENTICATIONFAILED" -> Reason.AUTHENTICATION_FAILED;
      case "AUTHORIZATIONFAILED" -> Reason.AUTHORIZATION_FAILED;
      case "EXPIRED" -> Reason.CREDENTIALS_EXPIRED;
      case "PRIVACYREQUIRED" -> Reason.PRIVACY_REQUIRED;
      case "CONTACTADMIN" -> Reason.CONTACT_ADMIN;
      case "NOPERM", "READ-ONLY" -> Reason.NO_PERMISSION;
      case "INUSE" -> Reason.IN_USE;
      case "LIMIT" -> Reason.LIMIT;
      case "OVERQUOTA", "TOOBIG" -> Reason.OVER_QUOTA;
      case "UNAVAILABLE" -> Reason.TEMPORARY;
      case "SERVERBUG", "CORRUPTION" -> Reason.PERMANENT;
      case "ALREADYEXISTS" -> Reason.ALREADY_EXISTS;
      case "NONEXISTENT", "TRYCREATE" -> Reason.NOT_FOUND;
      case "CANNOT", "NOTPERM" -> Reason.IMPOSSIBLE;
      default -> isAboutConnections(status.text()) ? Reason.LIMIT : otherwise;
    };
  }

  /** Some servers say in words only that there are too many connections. */
  private static boolean isAboutConnections(String text) {
    String words = text.toLowerCase(Locale.ROOT);
    return words.contains("connections")
        && (words.contains("too many") || words.contains("maximum number"));
  }

  /** The server took no session. */
  public static MailboxException greeting(Connection connection, Status status) {
    String message = said(connection, "the server took no session", status);
    return refusal(reason(status, Reason.DISCONNECTED), message, connection);
  }

  /**
   * The server ended the session. Only while logging in does this refuse something, whatever code
   * it has: later, what was under way may have been done.
   */
  public static MailboxException bye(Connection connection, Status status, boolean loggedIn) {
    Reason reason = reason(status, Reason.DISCONNECTED);
    String message = said(connection, "the server ended the session", status);
    MailboxException refusal = refusal(reason, message, connection);
    return refusal instanceof RejectedException || loggedIn
        ? new ConnectionException(reason, message, null, transcript(connection))
        : refusal;
  }

  /** The login was refused. */
  public static MailboxException login(Connection connection, String user, Status status) {
    Reason reason = reason(status, Reason.AUTHENTICATION_FAILED);
    String message = said(connection, "the server refused the login of " + shown(user), status);
    return refusal(reason, message, connection);
  }

  /** A command was refused. */
  public static MailboxException command(Connection connection, String what, Status status) {
    Reason reason = reason(status, Reason.REFUSED_BY_SERVER);
    return refusal(reason, said(connection, "the server refused to " + what, status), connection);
  }

  /**
   * Messages were asked for by numbers that are no longer theirs. Nothing was sent for them, and
   * nothing is lost: the next synchronization of that folder finds them again.
   */
  public static ConnectionException renumbered(Connection connection) {
    String message =
        where(connection)
            + ": the server has given the messages of the folder other numbers (UIDVALIDITY);"
            + " the next synchronization of it finds them again";
    return new ConnectionException(Reason.TEMPORARY, message, null, transcript(connection));
  }

  /** A folder cannot be copied or searched because its numbers mean nothing the next time. */
  public static RejectedException withoutValidity(Connection connection, String folder) {
    String message = where(connection) + ": the folder " + folder + " " + NO_VALIDITY;
    return new RejectedException(Reason.IMPOSSIBLE, message, null, transcript(connection));
  }

  /** Nothing can be done in a folder that can only be looked at. */
  public static RejectedException readOnly(Connection connection, String folder) {
    String message = where(connection) + ": the folder " + folder + " is read-only";
    return new RejectedException(Reason.NO_PERMISSION, message, null, transcript(connection));
  }

  /** TLS is required and not to be had. */
  public static TlsException noTls(Connection connection, String why) {
    String message = where(connection) + ": TLS is required, and " + why;
    return new TlsException(Reason.TLS_NOT_OFFERED, message, null, transcript(connection));
  }

  /** There is no way to log in with these credentials. */
  public static AuthenticationException noMechanism(Connection connection) {
    String message =
        where(connection) + ": the server offers no login for this kind of credentials";
    return new AuthenticationException(Reason.NO_MECHANISM, message, null, transcript(connection));
  }

  /** The application's source of tokens failed, which says nothing about the next time. */
  public static ConnectionException noToken(RuntimeException e) {
    String message = "the token source failed: " + e.getClass().getName();
    return new ConnectionException(Reason.TEMPORARY, message, e, List.of());
  }

  /** A session was lent to others, and ended at what they asked for. */
  public static ConnectionException endedAtOthers(Connection connection) {
    String message =
        where(connection) + ": the session ended at what others asked for in it meanwhile";
    return new ConnectionException(Reason.DISCONNECTED, message, null, transcript(connection));
  }

  /** The mailbox was closed. */
  public static ConnectionException closed() {
    return new ConnectionException(Reason.CLOSED, "the mailbox is closed", null, List.of());
  }

  /** All sessions that the server admits are in use, perhaps by the thread that asks for one. */
  public static ConnectionException noSession() {
    return new ConnectionException(
        Reason.IN_USE, "all sessions that the server admits are in use", null, List.of());
  }

  /** The thread was interrupted; its flag is set again by this. */
  public static ConnectionException interrupted() {
    Thread.currentThread().interrupt();
    return new ConnectionException(
        Reason.INTERRUPTED, "the thread was interrupted", null, List.of());
  }

  /** Whether a server that refuses so may do it later. */
  public static boolean isPassing(Reason reason) {
    return switch (reason) {
      case IN_USE, LIMIT, TEMPORARY, DISCONNECTED -> true;
      default -> false;
    };
  }

  /** Whether a server that says so has put off what it was asked for, and goes on. */
  public static boolean isPutOff(Reason reason) {
    return isPassing(reason) && reason != Reason.DISCONNECTED;
  }

  private static MailboxException refusal(Reason reason, String message, Connection connection) {
    List<String> transcript = transcript(connection);
    if (isPassing(reason)) {
      return new ConnectionException(reason, message, null, transcript);
    }
    return switch (reason) {
      case AUTHENTICATION_FAILED, AUTHORIZATION_FAILED, CREDENTIALS_EXPIRED, PRIVACY_REQUIRED ->
          new AuthenticationException(reason, message, null, transcript);
      default -> new RejectedException(reason, message, null, transcript);
    };
  }

  private static String said(Connection connection, String what, Status status) {
    String text = status.shown();
    return where(connection) + ": " + what + (text.isEmpty() ? "" : ": " + text);
  }

  private static String where(Connection connection) {
    return connection.options().endpoint().toString();
  }

  private static List<String> transcript(Connection connection) {
    return connection.transcript().lines();
  }

  private static String shown(String user) {
    return user.replaceAll("\\p{Cntrl}", "?");
  }
}

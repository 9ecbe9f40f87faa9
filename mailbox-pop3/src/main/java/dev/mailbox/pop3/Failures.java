// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.connect.AuthenticationException;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.connect.LimitException;
import dev.mailbox.connect.ProtocolException;
import dev.mailbox.connect.TlsException;
import dev.mailbox.wire.CancelledException;
import dev.mailbox.wire.Connection;
import dev.mailbox.wire.GarbledReplyException;
import dev.mailbox.wire.LimitExceededException;
import dev.mailbox.wire.TimedOutException;
import dev.mailbox.wire.TlsFailedException;
import dev.mailbox.wire.UnreachableException;
import dev.mailbox.wire.WireException;
import java.util.List;

/** The one place where what goes wrong with a server becomes an exception of the API. */
final class Failures {
  private Failures() {}

  /** What became of a connection. Its message names host and port, and never a secret. */
  static MailboxException of(WireException e) {
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

  /** The greeting was a refusal. */
  static MailboxException greeting(Connection connection, Status status) {
    Reason reason = reason(status, Reason.TEMPORARY);
    return refusal(reason, said(connection, "the server takes no session", status), connection);
  }

  /** The login was refused. */
  static MailboxException login(Connection connection, String user, Status status) {
    Reason reason = reason(status, Reason.AUTHENTICATION_FAILED);
    String message = said(connection, "the server refused the login of " + shown(user), status);
    return refusal(reason, message, connection);
  }

  /** A command was refused that the server must know. */
  static MailboxException command(Connection connection, String what, Status status) {
    Reason reason = reason(status, Reason.REFUSED_BY_SERVER);
    return refusal(reason, said(connection, what, status), connection);
  }

  /** TLS is required and not to be had. */
  static TlsException noTls(Connection connection) {
    String message =
        where(connection) + ": the server does not offer TLS (STLS), which is required";
    return new TlsException(Reason.TLS_NOT_OFFERED, message, null, transcript(connection));
  }

  /** There is no way to log in with these credentials. */
  static AuthenticationException noMechanism(Connection connection) {
    String message =
        where(connection) + ": the server offers no login for this kind of credentials";
    return new AuthenticationException(Reason.NO_MECHANISM, message, null, transcript(connection));
  }

  /** The application's source of tokens failed, which says nothing about the next time. */
  static ConnectionException noToken(RuntimeException e) {
    String message = "the token source failed: " + e.getClass().getName();
    return new ConnectionException(Reason.TEMPORARY, message, e, List.of());
  }

  /** A synchronization ended because of somebody else who used its session. */
  static ConnectionException endedAtOthers(Connection connection) {
    String message =
        where(connection) + ": the session ended at what others asked for in it meanwhile";
    return new ConnectionException(Reason.DISCONNECTED, message, null, transcript(connection));
  }

  /** The mailbox was closed. */
  static ConnectionException closed() {
    return new ConnectionException(Reason.CLOSED, "the mailbox is closed", null, List.of());
  }

  /** The thread was interrupted; its flag is set again by this. */
  static ConnectionException interrupted() {
    Thread.currentThread().interrupt();
    return new ConnectionException(
        Reason.INTERRUPTED, "the thread was interrupted", null, List.of());
  }

  /** Why a command was refused, from its response code (RFC 2449 section 8, RFC 3206). */
  static Reason reason(Status status, Reason otherwise) {
    return switch (status.code()) {
      case "AUTH" -> Reason.AUTHENTICATION_FAILED;
      case "IN-USE" -> Reason.IN_USE;
      case "LOGIN-DELAY" -> Reason.LOGIN_DELAY;
      case "SYS/TEMP" -> Reason.TEMPORARY;
      case "SYS/PERM" -> Reason.PERMANENT;
      default -> otherwise;
    };
  }

  private static MailboxException refusal(Reason reason, String message, Connection connection) {
    List<String> transcript = transcript(connection);
    return switch (reason) {
      case AUTHENTICATION_FAILED -> new AuthenticationException(reason, message, null, transcript);
      case IN_USE, LOGIN_DELAY, TEMPORARY ->
          new ConnectionException(reason, message, null, transcript);
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

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.MailboxException;
import dev.mailbox.MessageGoneException;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.StoreException;
import dev.mailbox.connect.AuthenticationException;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.connect.LimitException;
import dev.mailbox.connect.ProtocolException;
import dev.mailbox.connect.TlsException;
import dev.mailbox.testkit.fault.Operation;
import java.util.List;

/** The exceptions of the API, each of the type that goes with its reason. */
final class Problems {
  private Problems() {}

  /** What an operation throws that fails for this reason. */
  static MailboxException of(Reason reason, Operation operation) {
    String message = operation + " failed as the test said: " + reason;
    List<String> none = List.of();
    return switch (reason) {
      case UNKNOWN_HOST,
          REFUSED,
          TIMEOUT,
          DISCONNECTED,
          IN_USE,
          LOGIN_DELAY,
          TEMPORARY,
          INTERRUPTED,
          CLOSED ->
          new ConnectionException(reason, message, null, none);
      case TLS_NOT_OFFERED,
          CERTIFICATE_EXPIRED,
          CERTIFICATE_WRONG_HOST,
          CERTIFICATE_UNTRUSTED,
          TLS_FAILED ->
          new TlsException(reason, message, null, none);
      case AUTHENTICATION_FAILED,
          AUTHORIZATION_FAILED,
          CREDENTIALS_EXPIRED,
          NO_MECHANISM,
          PRIVACY_REQUIRED ->
          new AuthenticationException(reason, message, null, none);
      case LIMIT ->
          isAction(operation)
              ? new RejectedException(reason, message, null, none)
              : new ConnectionException(reason, message, null, none);
      case NO_PERMISSION,
          OVER_QUOTA,
          PERMANENT,
          ALREADY_EXISTS,
          NOT_FOUND,
          IMPOSSIBLE,
          REFUSED_BY_SERVER,
          CONTACT_ADMIN ->
          new RejectedException(reason, message, null, none);
      case PROTOCOL_VIOLATION -> new ProtocolException(reason, message, null, none);
      case LIMIT_EXCEEDED -> new LimitException(reason, message, null, none);
      case DISK_FULL,
          STORE_LOCKED,
          STORE_UNREADABLE,
          STORE_CORRUPT,
          STORE_TOO_NEW,
          STORE_OTHER_ACCOUNT,
          STORE_UNSUPPORTED,
          STORE_FAILED ->
          new StoreException(reason, message, null);
      case MESSAGE_GONE -> new MessageGoneException(message);
    };
  }

  private static boolean isAction(Operation operation) {
    return operation.compareTo(Operation.FLAG) >= 0;
  }

  static RejectedException rejected(Reason reason, String message) {
    return new RejectedException(reason, message, null, List.of());
  }

  static ConnectionException broken(Reason reason, String message) {
    return new ConnectionException(reason, message, null, List.of());
  }
}

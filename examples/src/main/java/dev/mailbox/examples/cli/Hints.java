// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import dev.mailbox.Reason;

/** What to try when something failed. */
final class Hints {
  private Hints() {}

  /** One sentence, or empty where the message says all. */
  static String forReason(Reason reason) {
    return switch (reason) {
      case UNKNOWN_HOST, REFUSED, TIMEOUT, DISCONNECTED, TEMPORARY -> connection(reason);
      case TLS_NOT_OFFERED,
          CERTIFICATE_EXPIRED,
          CERTIFICATE_WRONG_HOST,
          CERTIFICATE_UNTRUSTED,
          TLS_FAILED,
          PRIVACY_REQUIRED ->
          tls(reason);
      case AUTHENTICATION_FAILED, CREDENTIALS_EXPIRED, NO_MECHANISM, AUTHORIZATION_FAILED ->
          login(reason);
      case DISK_FULL, STORE_LOCKED, STORE_UNREADABLE, STORE_CORRUPT, STORE_OTHER_ACCOUNT ->
          store(reason);
      case STORE_TOO_NEW -> "use a newer version of this program";
      case IN_USE -> "another program reads this mailbox; close it, or try again in a minute";
      case LOGIN_DELAY -> "this server wants pauses between logins; try again later";
      case ALREADY_EXISTS -> "name a directory that is new or empty";
      default -> "";
    };
  }

  private static String connection(Reason reason) {
    return switch (reason) {
      case UNKNOWN_HOST -> "check the name of the server, and your network";
      case REFUSED ->
          "check the port: imaps is 993, pop3s 995, imap 143, pop3 110; or try again later";
      case TIMEOUT -> "check the port, and whether a firewall is in between";
      default -> "try again; what is already here is not downloaded twice";
    };
  }

  private static String tls(Reason reason) {
    return switch (reason) {
      case TLS_NOT_OFFERED ->
          "try pop3s:// or imaps://, with TLS from the start; --insecure talks without it, and"
              + " anybody on the way can then read the password";
      case CERTIFICATE_EXPIRED -> "ask who runs the server to renew it; check this machine's clock";
      case CERTIFICATE_WRONG_HOST -> "use a name that is in the certificate as the URL's host";
      case CERTIFICATE_UNTRUSTED ->
          "if the server has its own authority, name its certificate: --ca CERT.pem";
      case PRIVACY_REQUIRED -> "use pop3s:// or imaps://";
      default -> "is the port one that speaks TLS? imaps is 993, pop3s 995";
    };
  }

  private static String login(Reason reason) {
    return switch (reason) {
      case AUTHENTICATION_FAILED ->
          "check --user and the password; many providers want an app password or --oauth";
      case CREDENTIALS_EXPIRED -> "renew the password or token at your provider";
      case NO_MECHANISM -> "try --oauth with a token in MAILBOX_TOKEN";
      default -> "ask who runs the server";
    };
  }

  private static String store(Reason reason) {
    return switch (reason) {
      case DISK_FULL -> "make room and try again; nothing was lost";
      case STORE_LOCKED -> "wait for the other program, or close it";
      case STORE_UNREADABLE -> "check the path and its permissions";
      case STORE_CORRUPT -> "restore a backup, or export what can be read";
      default -> "use another --store for each account";
    };
  }
}

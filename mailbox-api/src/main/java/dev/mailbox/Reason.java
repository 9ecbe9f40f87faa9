// SPDX-License-Identifier: Apache-2.0
package dev.mailbox;

/**
 * Why an operation failed: what a program may want to branch on, from the response codes of RFC
 * 5530 (IMAP), RFC 2449 and RFC 3206 (POP3), and from what goes wrong before a server speaks.
 */
public enum Reason {
  /** The host name cannot be resolved. */
  UNKNOWN_HOST,
  /** Nothing listens at that address and port, or it cannot be reached. */
  REFUSED,
  /** A deadline passed; the message says which. */
  TIMEOUT,
  /** The peer closed the connection, or it broke. */
  DISCONNECTED,
  /** The server does not offer TLS although it is required. */
  TLS_NOT_OFFERED,
  /** The server's certificate is outside its dates. */
  CERTIFICATE_EXPIRED,
  /** The server's certificate is for another host. */
  CERTIFICATE_WRONG_HOST,
  /** No trusted authority vouches for the server's certificate. */
  CERTIFICATE_UNTRUSTED,
  /** TLS failed in another way. */
  TLS_FAILED,
  /** The user or the secret is wrong (AUTHENTICATIONFAILED, AUTH). */
  AUTHENTICATION_FAILED,
  /** The user may not log in here (AUTHORIZATIONFAILED). */
  AUTHORIZATION_FAILED,
  /** The secret is too old (EXPIRED). */
  CREDENTIALS_EXPIRED,
  /** The server offers no mechanism for these credentials. */
  NO_MECHANISM,
  /** The server wants TLS before it talks (PRIVACYREQUIRED). */
  PRIVACY_REQUIRED,
  /** Somebody needs to ask the server's administrator (CONTACTADMIN). */
  CONTACT_ADMIN,
  /** The user has no right to do that (NOPERM). */
  NO_PERMISSION,
  /** Another session holds it (INUSE, IN-USE). */
  IN_USE,
  /** The user logs in too often (LOGIN-DELAY). */
  LOGIN_DELAY,
  /**
   * Too many connections, messages or requests (LIMIT). At the login it passes; of an action it is
   * a refusal.
   */
  LIMIT,
  /** No space left on the server (OVERQUOTA). */
  OVER_QUOTA,
  /** The server has a passing problem (UNAVAILABLE, SYS/TEMP). */
  TEMPORARY,
  /** The server has a problem that somebody must mend (SYS/PERM, SERVERBUG, CORRUPTION). */
  PERMANENT,
  /** The thing exists already (ALREADYEXISTS), such as the target of an export. */
  ALREADY_EXISTS,
  /** There is no such folder (NONEXISTENT, TRYCREATE), message on the server, or store. */
  NOT_FOUND,
  /** It can never be done there (CANNOT, NOTPERM). */
  IMPOSSIBLE,
  /** The server refused without a reason that a program can know. */
  REFUSED_BY_SERVER,
  /** The server's bytes are not the protocol. */
  PROTOCOL_VIOLATION,
  /** A bound of ours was reached: the peer sent more than we take. */
  LIMIT_EXCEEDED,
  /** The disk, or the quota on it, is full. */
  DISK_FULL,
  /** Another process, or another mailbox of this one, has the store open. */
  STORE_LOCKED,
  /** The store's folder or file cannot be read or written. */
  STORE_UNREADABLE,
  /** The store's file is damaged. */
  STORE_CORRUPT,
  /** The store was written by a newer version of this library. */
  STORE_TOO_NEW,
  /** The store on disk belongs to another account. */
  STORE_OTHER_ACCOUNT,
  /** The store's file system cannot hold a store safely. */
  STORE_UNSUPPORTED,
  /** The store failed in another way. */
  STORE_FAILED,
  /** The message is no longer there. */
  MESSAGE_GONE,
  /** The calling thread was interrupted; its flag is set again. */
  INTERRUPTED,
  /** The mailbox was closed during the call. */
  CLOSED
}

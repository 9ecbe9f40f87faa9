// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.words;

/** What POP3 servers say after +OK and -ERR, with the response code. */
public enum Pop3Phrase implements Phrase {
  GREETING("testkit ready"),
  /** To CAPA. */
  CAPABILITIES("capabilities"),
  /** To USER; knows {@code {user}}. */
  SEND_PASS("send PASS"),
  /** After a login; knows {@code {count}}. */
  LOGGED_IN("maildrop has {count} messages"),
  /** To PASS and APOP. */
  LOGIN_REFUSED("[AUTH] wrong user or password"),
  /** To AUTH. */
  AUTHENTICATION_REFUSED("[AUTH] wrong user or password"),
  UNKNOWN_MECHANISM("unknown mechanism"),
  /** To an initial response where the mechanism is to come on a line of its own; ends it all. */
  NO_INITIAL_RESPONSE("no initial response here"),
  /** To a login in clear text. */
  NEEDS_TLS("[AUTH] begin TLS first"),
  /** To a login while there is another session. */
  IN_USE("[IN-USE] another session has the maildrop"),
  /** To a login; knows {@code {minutes}}. */
  LOGIN_DELAY("[LOGIN-DELAY] too soon after the last login"),
  /** To a login. */
  TOO_MANY_LOGINS("[SYS/TEMP] too many logins"),
  /** Instead of a greeting. */
  TOO_MANY_CONNECTIONS("[SYS/TEMP] too many connections"),
  /** Knows {@code {command}}. */
  UNKNOWN_COMMAND("unknown command"),
  /** To what comes before the login and is not for then. */
  BEFORE_LOGIN("unknown command, or log in first"),
  /** Knows {@code {number}}. */
  NO_SUCH_MESSAGE("no such message"),
  /** To LIST; knows {@code {count}} and {@code {size}}. */
  LISTING("{count} messages"),
  /** To UIDL; knows {@code {count}}. */
  UIDS("{count} messages"),
  /** To RETR; knows {@code {size}}. */
  MESSAGE("message follows"),
  /** To TOP. */
  HEADER("message follows"),
  DELETED("deleted when you QUIT"),
  /** To RSET. */
  RESET("nothing is deleted"),
  /** To NOOP. */
  NOTHING_DONE(""),
  /** To QUIT. */
  BYE("bye");

  private final String neutral;

  Pop3Phrase(String neutral) {
    this.neutral = neutral;
  }

  @Override
  public String neutral() {
    return neutral;
  }
}

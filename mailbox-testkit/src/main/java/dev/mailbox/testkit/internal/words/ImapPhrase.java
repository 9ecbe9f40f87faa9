// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.words;

/**
 * What IMAP servers say after OK, NO, BAD and BYE, with the response code. Known are {@code
 * {command}}, {@code {Command}} as in a sentence, {@code {user}}, and what each says.
 */
public enum ImapPhrase implements Phrase {
  /** After the first OK; knows {@code {capabilities}}. */
  GREETING("[CAPABILITY {capabilities}] testkit ready"),
  /** After a login; knows {@code {capabilities}}. */
  LOGGED_IN("[CAPABILITY {capabilities}] logged in"),
  /** To LOGIN. */
  LOGIN_REFUSED("[AUTHENTICATIONFAILED] wrong user or password"),
  /** To AUTHENTICATE. */
  AUTHENTICATION_REFUSED("[AUTHENTICATIONFAILED] wrong user or password"),
  /** To LOGIN where LOGINDISABLED is listed. */
  LOGIN_DISABLED("[PRIVACYREQUIRED] not by LOGIN"),
  /** To a login in clear text. */
  NEEDS_TLS("[PRIVACYREQUIRED] begin TLS first"),
  UNKNOWN_MECHANISM("[CANNOT] unknown mechanism"),
  /** To a login; knows {@code {limit}}. */
  TOO_MANY_SESSIONS("[LIMIT] too many sessions"),
  /** To a login. */
  TOO_MANY_LOGINS("[LIMIT] too many logins"),
  /** After the BYE that greets. */
  TOO_MANY_CONNECTIONS("[UNAVAILABLE] too many connections"),
  /** To SELECT, EXAMINE and STATUS; knows {@code {folder}}. */
  NOT_OPENED("[NONEXISTENT] there is no such folder"),
  /** To the same, of a folder that only has others below it; knows {@code {folder}}. */
  NOT_SELECTABLE("[NONEXISTENT] it holds no messages"),
  /** To what changes a folder. */
  NO_SUCH_FOLDER("[NONEXISTENT] there is no such folder"),
  /** To what puts messages into a folder; knows {@code {folder}}. */
  NO_TARGET("[TRYCREATE] there is no such folder"),
  /** To CREATE and RENAME; knows {@code {folder}}. */
  FOLDER_EXISTS("[ALREADYEXISTS] there is such a folder"),
  /** To CREATE and RENAME; knows {@code {namespace}}. */
  OUTSIDE_NAMESPACE("[CANNOT] a folder's name begins with {namespace}"),
  OVER_QUOTA("[OVERQUOTA] the account is full"),
  TOO_LARGE("[TOOBIG] a message may not be so large"),
  UNKNOWN_COMMAND("unknown command"),
  WRONG_STATE("not in this state"),
  /** To all that comes before the login and is not for then; empty for one of the two above. */
  BEFORE_LOGIN(""),
  /** To what the grammar does not allow; empty for what is wrong about it. */
  BAD_ARGUMENTS(""),
  /** When all is well; empty for what was done. */
  COMPLETED(""),
  /** After SELECT and EXAMINE; knows {@code {folder}}; empty as after all others. */
  SELECTED(""),
  /** The list that ID tells. */
  ID("(\"name\" \"testkit\")"),
  /** After BYE to LOGOUT. */
  BYE("see you"),
  /** After the OK to LOGOUT. */
  LOGGED_OUT("bye"),
  /** What lets IDLE begin. */
  IDLING("idling"),
  /** What lets a literal come. */
  GO_ON("go on"),
  /** After BYE to a client that says nothing. */
  SILENT_FOR_TOO_LONG("idle for too long"),
  /** After BYE to a session that is to log in again. */
  SESSION_OVER("session expired, log in again");

  private final String neutral;

  ImapPhrase(String neutral) {
    this.neutral = neutral;
  }

  @Override
  public String neutral() {
    return neutral;
  }
}

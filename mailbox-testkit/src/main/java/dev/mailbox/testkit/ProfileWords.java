// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import dev.mailbox.testkit.internal.words.ImapPhrase;
import dev.mailbox.testkit.internal.words.Pop3Phrase;
import dev.mailbox.testkit.internal.words.SaslPhrase;
import dev.mailbox.testkit.internal.words.Wording;

/** The words of each profile, as far as they are known; the rest is said in neutral ones. */
final class ProfileWords {
  private ProfileWords() {}

  static Wording of(Profile profile) {
    return switch (profile) {
      case GMAIL -> gmail();
      case OUTLOOK -> outlook();
      case YAHOO -> yahoo();
      case ICLOUD -> icloud();
      case DOVECOT -> dovecot();
      case CYRUS -> cyrus();
      case COURIER -> courier();
      case COMPLETE, MINIMAL, NO_UIDL, NO_CAPA -> Wording.NEUTRAL;
    };
  }

  private static Wording gmail() {
    return Wording.NEUTRAL
        .with(
            SaslPhrase.XOAUTH2_REFUSED,
            "{\"status\":\"400\",\"schemes\":\"Bearer\",\"scope\":\"https://mail.google.com/\"}")
        .with(ImapPhrase.GREETING, "Gimap ready for requests from 127.0.0.1")
        .with(ImapPhrase.LOGGED_IN, "{user} authenticated (Success)")
        .with(ImapPhrase.LOGIN_REFUSED, "[AUTHENTICATIONFAILED] Invalid credentials (Failure)")
        .with(
            ImapPhrase.AUTHENTICATION_REFUSED,
            "[AUTHENTICATIONFAILED] Invalid credentials (Failure)")
        .with(ImapPhrase.TOO_MANY_SESSIONS, "[ALERT] Too many simultaneous connections. (Failure)")
        .with(
            ImapPhrase.NOT_OPENED,
            "[NONEXISTENT] Unknown Mailbox: {folder} (now in authenticated state) (Failure)")
        .with(
            ImapPhrase.NOT_SELECTABLE,
            "[NONEXISTENT] Unknown Mailbox: {folder} (now in authenticated state) (Failure)")
        .with(ImapPhrase.NO_SUCH_FOLDER, "[NONEXISTENT] Unknown Mailbox: {folder} (Failure)")
        .with(ImapPhrase.NO_TARGET, "[TRYCREATE] No folder {folder} (Failure)")
        .with(ImapPhrase.FOLDER_EXISTS, "[ALREADYEXISTS] Duplicate folder name {folder} (Failure)")
        .with(ImapPhrase.UNKNOWN_COMMAND, "Unknown command")
        .with(ImapPhrase.BEFORE_LOGIN, "Unknown command")
        .with(ImapPhrase.BAD_ARGUMENTS, "Could not parse command")
        .with(ImapPhrase.COMPLETED, "Success")
        .with(ImapPhrase.SELECTED, "{folder} selected. (Success)")
        .with(
            ImapPhrase.ID,
            "(\"name\" \"GImap\" \"vendor\" \"Google, Inc.\" \"support-url\""
                + " \"https://support.google.com/mail\" \"remote-host\" \"127.0.0.1\")")
        .with(ImapPhrase.BYE, "LOGOUT Requested")
        .with(ImapPhrase.LOGGED_OUT, "73 good day (Success)")
        .with(ImapPhrase.GO_ON, "go ahead")
        .with(Pop3Phrase.GREETING, "Gpop ready for requests from 127.0.0.1")
        .with(Pop3Phrase.CAPABILITIES, "Capability list follows")
        .with(Pop3Phrase.LOGGED_IN, "Welcome.")
        .with(Pop3Phrase.LOGIN_REFUSED, "[AUTH] Username and password not accepted.")
        .with(Pop3Phrase.AUTHENTICATION_REFUSED, "[AUTH] Username and password not accepted.")
        .with(Pop3Phrase.LISTING, "{count} messages ({size} bytes)")
        .with(Pop3Phrase.UIDS, "")
        .with(Pop3Phrase.DELETED, "")
        .with(Pop3Phrase.RESET, "")
        .with(Pop3Phrase.NOTHING_DONE, "")
        .with(Pop3Phrase.BYE, "Farewell.");
  }

  private static Wording outlook() {
    return Wording.NEUTRAL
        .with(SaslPhrase.XOAUTH2_REFUSED, "")
        .with(ImapPhrase.GREETING, "The Microsoft Exchange IMAP4 service is ready.")
        .with(ImapPhrase.LOGGED_IN, "{command} completed.")
        .with(ImapPhrase.LOGIN_REFUSED, "LOGIN failed.")
        .with(ImapPhrase.AUTHENTICATION_REFUSED, "AUTHENTICATE failed.")
        .with(ImapPhrase.NOT_OPENED, "{folder} doesn't exist.")
        .with(ImapPhrase.NO_SUCH_FOLDER, "{folder} doesn't exist.")
        .with(ImapPhrase.UNKNOWN_COMMAND, "Command Error. 12")
        .with(ImapPhrase.WRONG_STATE, "Command received in Invalid state.")
        .with(ImapPhrase.BAD_ARGUMENTS, "Command Argument Error. 11")
        .with(ImapPhrase.COMPLETED, "{verb} completed.")
        .with(
            ImapPhrase.ID,
            "(\"name\" \"Microsoft.Exchange.Imap4.Imap4Server\" \"version\" \"15.20\")")
        .with(ImapPhrase.BYE, "Microsoft Exchange Server IMAP4 server signing off.")
        .with(ImapPhrase.LOGGED_OUT, "LOGOUT completed.")
        .with(ImapPhrase.IDLING, "IDLE accepted, awaiting DONE command.")
        .with(ImapPhrase.GO_ON, "Ready for additional command text.")
        .with(Pop3Phrase.GREETING, "The Microsoft Exchange POP3 service is ready.")
        .with(Pop3Phrase.CAPABILITIES, "")
        .with(Pop3Phrase.SEND_PASS, "")
        .with(Pop3Phrase.LOGGED_IN, "User successfully logged on.")
        .with(Pop3Phrase.LOGIN_REFUSED, "Logon failure: unknown user name or bad password.")
        .with(
            Pop3Phrase.AUTHENTICATION_REFUSED,
            "Authentication failure: unknown user name or bad password.")
        .with(Pop3Phrase.NO_INITIAL_RESPONSE, "Protocol error. Connection is closed. 10")
        .with(Pop3Phrase.UIDS, "")
        .with(Pop3Phrase.BYE, "Microsoft Exchange Server POP3 server signing off.");
  }

  private static Wording yahoo() {
    return Wording.NEUTRAL
        .with(ImapPhrase.GREETING, "[CAPABILITY {capabilities}] IMAP4rev1 Hello")
        .with(ImapPhrase.LOGGED_IN, "{command} completed")
        .with(ImapPhrase.LOGIN_REFUSED, "[AUTHENTICATIONFAILED] LOGIN Invalid credentials")
        .with(
            ImapPhrase.AUTHENTICATION_REFUSED,
            "[AUTHENTICATIONFAILED] AUTHENTICATE Invalid credentials")
        .with(ImapPhrase.COMPLETED, "{command} completed")
        .with(ImapPhrase.SELECTED, "{command} completed; now in selected state")
        .with(ImapPhrase.BYE, "IMAP4rev1 Server logging out")
        .with(ImapPhrase.LOGGED_OUT, "LOGOUT completed");
  }

  private static Wording icloud() {
    return Wording.NEUTRAL
        .with(ImapPhrase.GREETING, "[CAPABILITY {capabilities}] iSCREAM ready to rumble")
        .with(ImapPhrase.LOGGED_IN, "[CAPABILITY {capabilities}] User {user} logged in")
        .with(ImapPhrase.LOGIN_REFUSED, "[AUTHENTICATIONFAILED] Authentication Failed")
        .with(ImapPhrase.AUTHENTICATION_REFUSED, "[AUTHENTICATIONFAILED] Authentication Failed")
        .with(ImapPhrase.NOT_OPENED, "[NONEXISTENT] Mailbox does not exist")
        .with(ImapPhrase.BYE, "")
        .with(ImapPhrase.LOGGED_OUT, "");
  }

  private static Wording dovecot() {
    String time = " (0.001 + 0.000 secs).";
    return Wording.NEUTRAL
        .with(
            SaslPhrase.XOAUTH2_REFUSED,
            "{\"status\":\"401\",\"schemes\":\"bearer\",\"scope\":\"mail\"}")
        .with(ImapPhrase.GREETING, "[CAPABILITY {capabilities}] Dovecot ready.")
        .with(ImapPhrase.LOGGED_IN, "[CAPABILITY {capabilities}] Logged in")
        .with(ImapPhrase.LOGIN_REFUSED, "[AUTHENTICATIONFAILED] Authentication failed.")
        .with(ImapPhrase.AUTHENTICATION_REFUSED, "[AUTHENTICATIONFAILED] Authentication failed.")
        .with(
            ImapPhrase.NEEDS_TLS,
            "[PRIVACYREQUIRED] Plaintext authentication disallowed on non-secure (SSL/TLS)"
                + " connections.")
        .with(ImapPhrase.UNKNOWN_MECHANISM, "[ALERT] Unsupported authentication mechanism.")
        .with(
            ImapPhrase.TOO_MANY_SESSIONS,
            "[LIMIT] Maximum number of connections from user+IP exceeded"
                + " (mail_max_userip_connections={limit})")
        .with(ImapPhrase.NOT_OPENED, "Mailbox doesn't exist: {folder}" + time)
        .with(ImapPhrase.NO_SUCH_FOLDER, "[NONEXISTENT] Mailbox doesn't exist: {folder}" + time)
        .with(ImapPhrase.NO_TARGET, "[TRYCREATE] Mailbox doesn't exist: {folder}" + time)
        .with(ImapPhrase.FOLDER_EXISTS, "[ALREADYEXISTS] Mailbox already exists" + time)
        .with(ImapPhrase.UNKNOWN_COMMAND, "Error in IMAP command {command}: Unknown command" + time)
        .with(ImapPhrase.BEFORE_LOGIN, "Error in IMAP command received by server.")
        .with(ImapPhrase.BAD_ARGUMENTS, "Error in IMAP command {command}: Invalid arguments" + time)
        .with(ImapPhrase.COMPLETED, "{Command} completed" + time)
        .with(ImapPhrase.ID, "(\"name\" \"Dovecot\")")
        .with(ImapPhrase.BYE, "Logging out")
        .with(ImapPhrase.LOGGED_OUT, "Logout completed" + time)
        .with(ImapPhrase.GO_ON, "OK")
        .with(Pop3Phrase.GREETING, "Dovecot ready.")
        .with(Pop3Phrase.CAPABILITIES, "")
        .with(Pop3Phrase.SEND_PASS, "")
        .with(Pop3Phrase.LOGGED_IN, "Logged in.")
        .with(Pop3Phrase.LOGIN_REFUSED, "[AUTH] Authentication failed.")
        .with(Pop3Phrase.AUTHENTICATION_REFUSED, "[AUTH] Authentication failed.")
        .with(
            Pop3Phrase.NEEDS_TLS,
            "[AUTH] Plaintext authentication disallowed on non-secure (SSL/TLS) connections.")
        .with(Pop3Phrase.IN_USE, "[IN-USE] Mailbox is locked by another POP3 session.")
        .with(Pop3Phrase.UNKNOWN_COMMAND, "Unknown command: {command}")
        .with(Pop3Phrase.BEFORE_LOGIN, "Unknown command.")
        .with(Pop3Phrase.NO_SUCH_MESSAGE, "There's no message {number}.")
        .with(Pop3Phrase.LISTING, "{count} messages:")
        .with(Pop3Phrase.UIDS, "")
        .with(Pop3Phrase.MESSAGE, "{size} octets")
        .with(Pop3Phrase.HEADER, "")
        .with(Pop3Phrase.DELETED, "Marked to be deleted.")
        .with(Pop3Phrase.RESET, "")
        .with(Pop3Phrase.NOTHING_DONE, "")
        .with(Pop3Phrase.BYE, "Logging out.");
  }

  private static Wording cyrus() {
    return Wording.NEUTRAL
        .with(
            ImapPhrase.GREETING,
            "[CAPABILITY {capabilities}] localhost Cyrus IMAP 3.6.1 server ready")
        .with(
            ImapPhrase.LOGGED_IN, "[CAPABILITY {capabilities}] User logged in SESSIONID=<testkit>")
        .with(ImapPhrase.LOGIN_REFUSED, "Login failed: authentication failure")
        .with(ImapPhrase.AUTHENTICATION_REFUSED, "authentication failure")
        .with(ImapPhrase.UNKNOWN_MECHANISM, "no mechanism available")
        .with(ImapPhrase.NOT_OPENED, "Mailbox does not exist")
        .with(ImapPhrase.NO_SUCH_FOLDER, "Mailbox does not exist")
        .with(ImapPhrase.NO_TARGET, "[TRYCREATE] Mailbox does not exist")
        .with(ImapPhrase.FOLDER_EXISTS, "Mailbox already exists")
        .with(ImapPhrase.UNKNOWN_COMMAND, "Unrecognized command")
        .with(ImapPhrase.BEFORE_LOGIN, "Please login first")
        .with(ImapPhrase.COMPLETED, "Completed")
        .with(
            ImapPhrase.ID,
            "(\"name\" \"Cyrus IMAPD\" \"version\" \"3.6.1\" \"vendor\" \"Project Cyrus\""
                + " \"support-url\" \"https://www.cyrusimap.org\")")
        .with(ImapPhrase.BYE, "LOGOUT received")
        .with(ImapPhrase.LOGGED_OUT, "Completed")
        .with(ImapPhrase.GO_ON, "go ahead")
        .with(Pop3Phrase.GREETING, "localhost Cyrus POP3 3.6.1 server ready")
        .with(Pop3Phrase.CAPABILITIES, "List of capabilities follows")
        .with(Pop3Phrase.SEND_PASS, "Name is a valid mailbox")
        .with(Pop3Phrase.LOGGED_IN, "Mailbox locked and ready SESSIONID=<testkit>")
        .with(Pop3Phrase.LOGIN_REFUSED, "[AUTH] Invalid login")
        .with(Pop3Phrase.AUTHENTICATION_REFUSED, "[AUTH] authenticating: authentication failure")
        .with(
            Pop3Phrase.LOGIN_DELAY, "[LOGIN-DELAY] Logins must be at least {minutes} minutes apart")
        .with(Pop3Phrase.UNKNOWN_COMMAND, "Unrecognized command")
        .with(Pop3Phrase.BEFORE_LOGIN, "Unrecognized command")
        .with(Pop3Phrase.NO_SUCH_MESSAGE, "No such message")
        .with(Pop3Phrase.LISTING, "scan listing follows")
        .with(Pop3Phrase.UIDS, "unique-id listing follows")
        .with(Pop3Phrase.MESSAGE, "Message follows")
        .with(Pop3Phrase.HEADER, "Message follows")
        .with(Pop3Phrase.DELETED, "message deleted")
        .with(Pop3Phrase.RESET, "")
        .with(Pop3Phrase.NOTHING_DONE, "")
        .with(Pop3Phrase.BYE, "");
  }

  private static Wording courier() {
    String unreadable = "Error in IMAP command received by server.";
    return Wording.NEUTRAL
        .with(ImapPhrase.GREETING, "[CAPABILITY {capabilities}] Courier-IMAP ready.")
        .with(ImapPhrase.LOGGED_IN, "LOGIN Ok.")
        .with(ImapPhrase.LOGIN_REFUSED, "Login failed.")
        .with(ImapPhrase.AUTHENTICATION_REFUSED, "Login failed.")
        .with(ImapPhrase.UNKNOWN_MECHANISM, unreadable)
        .with(ImapPhrase.NOT_OPENED, "Mailbox does not exist, or must be subscribed to.")
        .with(ImapPhrase.NO_SUCH_FOLDER, "Mailbox does not exist, or must be subscribed to.")
        .with(ImapPhrase.NO_TARGET, "[TRYCREATE] Mailbox does not exist.")
        .with(ImapPhrase.FOLDER_EXISTS, "Cannot create this folder.")
        .with(ImapPhrase.OUTSIDE_NAMESPACE, "Invalid mailbox name.")
        .with(ImapPhrase.OVER_QUOTA, "[ALERT] You exceeded your mail quota.")
        .with(ImapPhrase.UNKNOWN_COMMAND, unreadable)
        .with(ImapPhrase.WRONG_STATE, unreadable)
        .with(ImapPhrase.BAD_ARGUMENTS, unreadable)
        .with(ImapPhrase.COMPLETED, "{verb} completed")
        .with(ImapPhrase.SELECTED, "Ok")
        .with(ImapPhrase.BYE, "Courier-IMAP server shutting down")
        .with(ImapPhrase.LOGGED_OUT, "LOGOUT completed")
        .with(ImapPhrase.IDLING, "entering idle mode")
        .with(ImapPhrase.SILENT_FOR_TOO_LONG, "Disconnected for inactivity.")
        .with(Pop3Phrase.GREETING, "Hello there.")
        .with(Pop3Phrase.CAPABILITIES, "Here's what I can do:")
        .with(Pop3Phrase.SEND_PASS, "Password required.")
        .with(Pop3Phrase.LOGGED_IN, "logged in.")
        .with(Pop3Phrase.LOGIN_REFUSED, "Login failed.")
        .with(Pop3Phrase.AUTHENTICATION_REFUSED, "Authentication failed.")
        .with(Pop3Phrase.NEEDS_TLS, "TLS required to log in.")
        .with(Pop3Phrase.UNKNOWN_COMMAND, "Invalid command.")
        .with(Pop3Phrase.BEFORE_LOGIN, "Invalid command.")
        .with(Pop3Phrase.NO_SUCH_MESSAGE, "Invalid message number.")
        .with(Pop3Phrase.LISTING, "POP3 clients that break here, they violate STD53.")
        .with(Pop3Phrase.UIDS, "")
        .with(Pop3Phrase.MESSAGE, "{size} octets follow.")
        .with(Pop3Phrase.HEADER, "headers follow.")
        .with(Pop3Phrase.DELETED, "Deleted.")
        .with(Pop3Phrase.RESET, "Resurrected.")
        .with(Pop3Phrase.NOTHING_DONE, "Yup.")
        .with(Pop3Phrase.BYE, "Bye-bye.");
  }
}

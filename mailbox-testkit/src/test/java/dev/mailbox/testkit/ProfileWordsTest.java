// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each profile says where the protocol leaves the words to it, byte by byte. */
class ProfileWordsTest {
  private static final String TIME = " (0.001 + 0.000 secs).";

  private static FakeMailServer server(Profile profile) {
    FakeMailServer server =
        FakeMailServer.builder().profile(profile).clearTextLogins().passwordLogins().start();
    FakeAccount unused = server.user("alice", "secret");
    return server;
  }

  private static Arguments imap(Profile profile, String... said) {
    return Arguments.of(profile, List.of(said));
  }

  /** The greeting's end, then what is said to each of the commands of the test. */
  static List<Arguments> imapTalks() {
    return List.of(
        imap(
            Profile.GMAIL,
            "* OK Gimap ready for requests from 127.0.0.1",
            "1 BAD Unknown command",
            "2 NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)",
            "3 OK alice authenticated (Success)",
            "4 OK Success",
            "5 NO [NONEXISTENT] Unknown Mailbox: no&AOk- (now in authenticated state) (Failure)",
            "6 BAD Unknown command",
            "7 BAD Could not parse command",
            "8 OK [READ-WRITE] INBOX selected. (Success)",
            "9 NO [TRYCREATE] No folder nope (Failure)",
            "10 NO [NONEXISTENT] Unknown Mailbox: nope (Failure)",
            "* BYE LOGOUT Requested",
            "11 OK 73 good day (Success)"),
        imap(
            Profile.OUTLOOK,
            "* OK The Microsoft Exchange IMAP4 service is ready.",
            "1 BAD Command Error. 12",
            "2 NO LOGIN failed.",
            "3 OK LOGIN completed.",
            "4 OK ID completed.",
            "5 NO no&AOk- doesn't exist.",
            "6 BAD Command Error. 12",
            "7 BAD Command Argument Error. 11",
            "8 OK [READ-WRITE] SELECT completed.",
            "9 NO [TRYCREATE] there is no such folder",
            "10 NO nope doesn't exist.",
            "* BYE Microsoft Exchange Server IMAP4 server signing off.",
            "11 OK LOGOUT completed."),
        imap(
            Profile.YAHOO,
            "IMAP4rev1 Hello",
            "1 BAD unknown command",
            "2 NO [AUTHENTICATIONFAILED] LOGIN Invalid credentials",
            "3 OK LOGIN completed",
            "4 OK ID completed",
            "5 NO [NONEXISTENT] there is no such folder",
            "6 BAD unknown command",
            "7 BAD an argument is missing",
            "8 OK [READ-WRITE] SELECT completed; now in selected state",
            "9 NO [TRYCREATE] there is no such folder",
            "10 NO [NONEXISTENT] there is no such folder",
            "* BYE IMAP4rev1 Server logging out",
            "11 OK LOGOUT completed"),
        imap(
            Profile.ICLOUD,
            "iSCREAM ready to rumble",
            "1 BAD unknown command",
            "2 NO [AUTHENTICATIONFAILED] Authentication Failed",
            "User alice logged in",
            "4 OK pleased to meet you",
            "5 NO [NONEXISTENT] Mailbox does not exist",
            "6 BAD unknown command",
            "7 BAD an argument is missing",
            "8 OK [READ-WRITE] selected",
            "9 NO [TRYCREATE] there is no such folder",
            "10 NO [NONEXISTENT] there is no such folder",
            "* BYE",
            "11 OK"),
        imap(
            Profile.DOVECOT,
            "Dovecot ready.",
            "1 BAD Error in IMAP command received by server.",
            "2 NO [AUTHENTICATIONFAILED] Authentication failed.",
            "Logged in",
            "4 OK ID completed" + TIME,
            "5 NO Mailbox doesn't exist: no&AOk-" + TIME,
            "6 BAD Error in IMAP command BOGUS: Unknown command" + TIME,
            "7 BAD Error in IMAP command STATUS: Invalid arguments" + TIME,
            "8 OK [READ-WRITE] Select completed" + TIME,
            "9 NO [TRYCREATE] Mailbox doesn't exist: nope" + TIME,
            "10 NO [NONEXISTENT] Mailbox doesn't exist: nope" + TIME,
            "* BYE Logging out",
            "11 OK Logout completed" + TIME),
        imap(
            Profile.CYRUS,
            "localhost Cyrus IMAP 3.6.1 server ready",
            "1 BAD Please login first",
            "2 NO Login failed: authentication failure",
            "User logged in SESSIONID=<testkit>",
            "4 OK Completed",
            "5 NO Mailbox does not exist",
            "6 BAD Unrecognized command",
            "7 BAD an argument is missing",
            "8 OK [READ-WRITE] Completed",
            "9 NO [TRYCREATE] Mailbox does not exist",
            "10 NO Mailbox does not exist",
            "* BYE LOGOUT received",
            "11 OK Completed"),
        imap(
            Profile.COURIER,
            "Courier-IMAP ready.",
            "1 NO Error in IMAP command received by server.",
            "2 NO Login failed.",
            "3 OK LOGIN Ok.",
            "4 NO Error in IMAP command received by server.",
            "5 NO Mailbox does not exist, or must be subscribed to.",
            "6 NO Error in IMAP command received by server.",
            "7 NO Error in IMAP command received by server.",
            "8 OK [READ-WRITE] Ok",
            "9 NO [TRYCREATE] Mailbox does not exist.",
            "10 NO Mailbox does not exist, or must be subscribed to.",
            "* BYE Courier-IMAP server shutting down",
            "11 OK LOGOUT completed"),
        imap(
            Profile.COMPLETE,
            "testkit ready",
            "1 BAD unknown command",
            "2 NO [AUTHENTICATIONFAILED] wrong user or password",
            "logged in",
            "4 OK pleased to meet you",
            "5 NO [NONEXISTENT] there is no such folder",
            "6 BAD unknown command",
            "7 BAD an argument is missing",
            "8 OK [READ-WRITE] selected",
            "9 NO [TRYCREATE] there is no such folder",
            "10 NO [NONEXISTENT] there is no such folder",
            "* BYE see you",
            "11 OK bye"));
  }

  @ParameterizedTest
  @MethodSource("imapTalks")
  void imapSpeaksInTheServersWords(Profile profile, List<String> expected) throws IOException {
    try (var server = server(profile);
        var client = Talk.to(server.imapUrl())) {
      List<String> said = new ArrayList<>();
      said.add(client.readLine());
      for (String command :
          List.of(
              "BOGUS",
              "LOGIN alice wrong",
              "LOGIN alice secret",
              "ID NIL",
              "SELECT no&AOk-",
              "BOGUS",
              "STATUS INBOX",
              "SELECT INBOX",
              "UID COPY 1 nope",
              "DELETE nope")) {
        List<String> told = client.run("" + said.size(), command);
        said.add(told.get(told.size() - 1));
      }
      said.addAll(client.run("11", "LOGOUT"));
      assertThat(said).hasSameSizeAs(expected);
      for (int i = 0; i < said.size(); i++) {
        String wanted = expected.get(i);
        if (wanted.matches("[0-9*].*")) {
          assertThat(said.get(i)).isEqualTo(wanted);
        } else {
          assertThat(said.get(i)).contains(" OK [CAPABILITY IMAP4").endsWith("] " + wanted);
        }
      }
    }
  }

  private static Arguments pop3(Profile profile, String... said) {
    return Arguments.of(profile, List.of(said));
  }

  static List<Arguments> pop3Talks() {
    return List.of(
        pop3(
            Profile.GMAIL,
            "+OK Gpop ready for requests from 127.0.0.1",
            "+OK send PASS",
            "-ERR [AUTH] Username and password not accepted.",
            "+OK send PASS",
            "+OK Welcome.",
            "+OK",
            "-ERR no such message",
            "-ERR unknown command",
            "+OK Farewell."),
        pop3(
            Profile.OUTLOOK,
            "+OK The Microsoft Exchange POP3 service is ready.",
            "+OK",
            "-ERR Logon failure: unknown user name or bad password.",
            "+OK",
            "+OK User successfully logged on.",
            "+OK",
            "-ERR no such message",
            "-ERR unknown command",
            "+OK Microsoft Exchange Server POP3 server signing off."),
        pop3(
            Profile.DOVECOT,
            "+OK Dovecot ready.",
            "+OK",
            "-ERR [AUTH] Authentication failed.",
            "+OK",
            "+OK Logged in.",
            "+OK",
            "-ERR There's no message 9.",
            "-ERR Unknown command: FOO",
            "+OK Logging out."),
        pop3(
            Profile.CYRUS,
            "+OK localhost Cyrus POP3 3.6.1 server ready",
            "+OK Name is a valid mailbox",
            "-ERR [AUTH] Invalid login",
            "+OK Name is a valid mailbox",
            "+OK Mailbox locked and ready SESSIONID=<testkit>",
            "+OK",
            "-ERR No such message",
            "-ERR Unrecognized command",
            "+OK"),
        pop3(
            Profile.COURIER,
            "+OK Hello there.",
            "+OK Password required.",
            "-ERR Login failed.",
            "+OK Password required.",
            "+OK logged in.",
            "+OK Yup.",
            "-ERR Invalid message number.",
            "-ERR Invalid command.",
            "+OK Bye-bye."),
        pop3(
            Profile.MINIMAL,
            "+OK testkit ready",
            "+OK send PASS",
            "-ERR [AUTH] wrong user or password",
            "+OK send PASS",
            "+OK maildrop has 0 messages",
            "+OK",
            "-ERR no such message",
            "-ERR unknown command",
            "+OK bye"));
  }

  @ParameterizedTest
  @MethodSource("pop3Talks")
  void pop3SpeaksInTheServersWords(Profile profile, List<String> expected) throws IOException {
    try (var server = server(profile);
        var client = Talk.to(server.pop3Url())) {
      List<String> said = new ArrayList<>();
      said.add(client.readLine());
      for (String command :
          List.of(
              "USER alice",
              "PASS wrong",
              "USER alice",
              "PASS secret",
              "NOOP",
              "DELE 9",
              "FOO",
              "QUIT")) {
        said.add(client.ask(command));
      }
      assertThat(said).isEqualTo(expected);
    }
  }

  @Test
  void folderNamesInRefusalsAreEncoded() throws IOException {
    try (var server = server(Profile.DOVECOT);
        var client = Talk.imap(server.imapUrl())) {
      assertThat(client.run("a", "SELECT x&AA0ACg-y"))
          .containsExactly("a NO Mailbox doesn't exist: x&AA0ACg-y" + TIME);
    }
  }

  @Test
  void idNamesTheServer() throws IOException {
    assertThat(id(Profile.GMAIL))
        .startsWith("* ID (\"name\" \"GImap\" \"vendor\" \"Google, Inc.\"");
    assertThat(id(Profile.OUTLOOK))
        .isEqualTo(
            "* ID (\"name\" \"Microsoft.Exchange.Imap4.Imap4Server\" \"version\" \"15.20\")");
    assertThat(id(Profile.DOVECOT)).isEqualTo("* ID (\"name\" \"Dovecot\")");
    assertThat(id(Profile.CYRUS)).startsWith("* ID (\"name\" \"Cyrus IMAPD\"");
    assertThat(id(Profile.YAHOO)).isEqualTo("* ID (\"name\" \"testkit\")");
  }

  private static String id(Profile profile) throws IOException {
    try (var server = server(profile);
        var client = Talk.imap(server.imapUrl())) {
      return client.run("a", "ID NIL").get(0);
    }
  }

  @Test
  void limitsAreToldInTheServersWords() throws IOException {
    assertThat(secondLogin(Profile.GMAIL))
        .isEqualTo("a NO [ALERT] Too many simultaneous connections. (Failure)");
    assertThat(secondLogin(Profile.DOVECOT))
        .isEqualTo(
            "a NO [LIMIT] Maximum number of connections from user+IP exceeded"
                + " (mail_max_userip_connections=1)");
    assertThat(secondLogin(Profile.COMPLETE)).isEqualTo("a NO [LIMIT] too many sessions");
    try (var server = server(Profile.COURIER);
        var client = Talk.imap(server.imapUrl())) {
      FakeAccount unused = server.user("alice", "secret").quota(1);
      client.say("a APPEND INBOX {5}");
      assertThat(client.readLine()).startsWith("+ ");
      assertThat(client.ask("x: y\n")).isEqualTo("a NO [ALERT] You exceeded your mail quota.");
    }
  }

  private static String secondLogin(Profile profile) throws IOException {
    try (var server = server(profile);
        var first = Talk.imap(server.imapUrl());
        var second = Talk.to(server.imapUrl())) {
      FakeImap unused = server.imap().mostSessions(1);
      assertThat(first.run("n", "NOOP")).hasSize(1);
      assertThat(second.readLine()).startsWith("* OK");
      return second.run("a", "LOGIN alice secret").get(0);
    }
  }

  @Test
  void maildropsAreLockedWhereTheServerDoesSo() throws IOException {
    try (var dovecot = server(Profile.DOVECOT);
        var first = Talk.pop3(dovecot.pop3Url());
        var second = Talk.to(dovecot.pop3Url())) {
      FakePop3 unused = dovecot.pop3().lockPatience(Duration.ZERO);
      assertThat(second.readLine()).startsWith("+OK");
      assertThat(second.ask("USER alice")).startsWith("+OK");
      assertThat(second.ask("PASS secret"))
          .isEqualTo("-ERR [IN-USE] Mailbox is locked by another POP3 session.");
      assertThat(first.ask("NOOP")).isEqualTo("+OK");
    }
    for (Profile profile : List.of(Profile.CYRUS, Profile.COURIER)) {
      try (var server = server(profile);
          var first = Talk.pop3(server.pop3Url());
          var second = Talk.pop3(server.pop3Url())) {
        assertThat(first.ask("STAT")).isEqualTo(second.ask("STAT"));
      }
    }
  }

  @Test
  void loginDelayIsListedAndNotKeptUnlessATestSaysSo() throws IOException {
    for (Profile profile : List.of(Profile.GMAIL, Profile.COURIER)) {
      try (var server = server(profile)) {
        for (int i = 0; i < 2; i++) {
          try (var client = Talk.pop3(server.pop3Url())) {
            assertThat(client.ask("CAPA")).startsWith("+OK");
            assertThat(client.lines()).anyMatch(line -> line.matches("LOGIN-DELAY (300|10)"));
            assertThat(client.ask("QUIT")).startsWith("+OK");
          }
        }
        FakePop3 unused = server.pop3().loginDelay(Duration.ofMinutes(5));
        try (var client = Talk.to(server.pop3Url())) {
          assertThat(client.readLine()).startsWith("+OK");
          assertThat(client.ask("USER alice")).startsWith("+OK");
          assertThat(client.ask("PASS secret")).startsWith("-ERR [LOGIN-DELAY]");
        }
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.faults;

import static dev.mailbox.testkit.faults.ImapTrials.loggedIn;
import static dev.mailbox.testkit.faults.ImapTrials.selected;
import static dev.mailbox.testkit.faults.Trial.Then.ENDS;
import static dev.mailbox.testkit.faults.Trial.Then.GOES_ON;
import static dev.mailbox.testkit.faults.Trial.Then.STALLS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.testkit.FakeFolder;
import dev.mailbox.testkit.Talk;
import dev.mailbox.testkit.faults.Trial.Check;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Map;

/** Commands that change what the server has, and the end. */
final class ImapChangeChecks {
  private static final String APPEND = "APPEND INBOX {2+}\r\nhi";
  private static final String STORE = "UID STORE 1 +FLAGS (\\Deleted)";

  private ImapChangeChecks() {}

  static void addTo(Map<String, Check> checks) {
    appends(checks);
    stores(checks);
    copies(checks);
    expunges(checks);
    checks.put("logout-dropped", loggedIn("LOGOUT", "", ENDS));
    checks.put("logout-stalled", loggedIn("LOGOUT", "", STALLS));
  }

  private static void appends(Map<String, Check> checks) {
    checks.put("append-no-continuation", holding(2, loggedIn("APPEND INBOX {2}", "", STALLS)));
    checks.put(
        "append-refused",
        holding(2, loggedIn("APPEND INBOX {2}", "f1 NO [TOOBIG] no\r\n", GOES_ON)));
    checks.put("append-closed", holding(2, loggedIn("APPEND INBOX {2}", "", ENDS)));
    checks.put(
        "append-deaf",
        trial -> {
          Talk client = loggedIn(trial);
          assertThat(client.ask("f1 APPEND INBOX {2}")).isEqualTo("+ go on");
          client.say("hi");
          client.timeout(50);
          assertThatThrownBy(client::readLine).isInstanceOf(SocketTimeoutException.class);
          assertThat(trial.inbox().count()).isEqualTo(2);
        });
    checks.put(
        "append-overquota", holding(2, loggedIn(APPEND, "f1 NO [OVERQUOTA] full\r\n", GOES_ON)));
    checks.put(
        "append-trycreate", holding(2, loggedIn(APPEND, "f1 NO [TRYCREATE] where\r\n", GOES_ON)));
    checks.put("append-answer-lost", holding(3, loggedIn(APPEND, "", ENDS)));
    checks.put("append-pretended", holding(2, loggedIn(APPEND, "f1 OK appended\r\n", GOES_ON)));
  }

  private static void stores(Map<String, Check> checks) {
    checks.put("store-no", deleted(false, selected(STORE, "f1 NO [NOPERM] no\r\n")));
    checks.put("store-pretended", deleted(false, selected(STORE, "f1 OK stored\r\n")));
    checks.put("store-untold", deleted(true, selected(STORE, "f1 OK stored\r\n")));
    checks.put("store-answer-lost", deleted(true, selected(STORE, "", ENDS)));
  }

  private static Check deleted(boolean is, Check check) {
    return trial -> {
      check.see(trial);
      assertThat(trial.inbox().imap().message(1).flags().contains("\\Deleted")).isEqualTo(is);
    };
  }

  private static void copies(Map<String, Check> checks) {
    checks.put("copy-no", copies(0, selected("UID COPY 1 Sent", "f1 NO [OVERQUOTA] full\r\n")));
    checks.put(
        "copy-trycreate", copies(0, selected("UID MOVE 1 Sent", "f1 NO [TRYCREATE] where\r\n")));
    checks.put("copy-pretended", copies(0, selected("UID MOVE 1 Sent", "f1 OK copied\r\n")));
    checks.put("copy-answer-lost", copies(1, selected("UID COPY 1 Sent", "", ENDS)));
  }

  private static Check copies(int count, Check check) {
    return trial -> {
      FakeFolder sent = trial.server().user("alice", "secret").folder("Sent");
      check.see(trial);
      assertThat(sent.count()).isEqualTo(count);
      assertThat(trial.inbox().count()).isEqualTo(2);
    };
  }

  private static void expunges(Map<String, Check> checks) {
    checks.put("expunge-no", expunge(2, "f1 NO [INUSE] later\r\n"));
    checks.put("expunge-pretended", expunge(2, "f1 OK gone\r\n"));
    checks.put("expunge-untold", expunge(1, "f1 OK expunged\r\n"));
    checks.put(
        "expunge-answer-lost",
        trial -> {
          Talk client = deleting(trial);
          client.say("f1 EXPUNGE");
          assertThat(client.rest()).isEmpty();
          assertThat(trial.inbox().count()).isEqualTo(1);
        });
  }

  private static Check expunge(int left, String reply) {
    return trial -> {
      Talk client = deleting(trial);
      client.say("f1 EXPUNGE");
      assertThat(client.readRaw(reply.length())).isEqualTo(reply);
      assertThat(client.ask("z NOOP")).isEqualTo("z OK nothing done");
      assertThat(trial.inbox().count()).isEqualTo(left);
    };
  }

  private static Talk deleting(Trial trial) throws IOException {
    Talk client = selected(trial);
    var unused = client.run("d", STORE);
    return client;
  }

  private static Check holding(int count, Check check) {
    return trial -> {
      check.see(trial);
      assertThat(trial.inbox().count()).isEqualTo(count);
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.MailboxException;
import dev.mailbox.Outcome;
import dev.mailbox.Reason;
import dev.mailbox.connect.LimitException;
import dev.mailbox.connect.ProtocolException;
import dev.mailbox.connect.TlsMode;
import dev.mailbox.search.Query;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that never end to talk: the client leaves, soon and with little memory used. */
class FloodTest {
  private static final Duration BOUND = Duration.ofSeconds(40);
  private static final long MOST_SENT = 1L << 30;
  private static final long MOST_KEPT = 128L << 20;

  @TempDir Path directory;

  private void endless(String command, String more) {
    endless(command, "", number -> more);
  }

  private void endless(String command, String first, IntFunction<String> more) {
    endless(new FloodServer(command, first, more), Mailbox::sync);
  }

  private MailboxException endless(FloodServer flood, Consumer<Mailbox> work) {
    long start = System.nanoTime();
    Runtime.getRuntime().gc();
    try (flood;
        Mailbox mailbox = Mailbox.open(config(flood))) {
      MailboxException e = catchThrowableOfType(MailboxException.class, () -> work.accept(mailbox));
      assertThat(e).isInstanceOfAny(LimitException.class, ProtocolException.class);
      assertThat(e.reason()).isIn(Reason.LIMIT_EXCEEDED, Reason.PROTOCOL_VIOLATION);
      assertThat(e).hasMessageContaining("localhost:");
      assertThat(flood.sent()).isLessThan(MOST_SENT);
      assertThat(kept()).isLessThan(MOST_KEPT);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
      return e;
    }
  }

  private static long kept() {
    Runtime.getRuntime().gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private MailboxConfig config(FloodServer flood) {
    return MailboxConfig.at(flood.url())
        .tls(TlsMode.NONE)
        .login("alice", "secret")
        .keepIn(directory)
        .timeouts(Account.TIMEOUTS)
        .build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"CAPABILITY", "NAMESPACE", "LIST", "EXAMINE", "UID FETCH"})
  void lineWithoutEnd(String command) {
    endless(
        command.equals("CAPABILITY") ? "EXAMINE" : command, "* OK ", number -> "xxxxxxxxxxxxxx");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NAMESPACE", "LIST", "EXAMINE", "UID FETCH"})
  void linesThatNobodyAskedFor(String command) {
    endless(command, "* OK [ALERT] hear me\r\n* XWHAT 1\r\n* 7 EXISTS\r\n* FLAGS (a)\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NAMESPACE", "LIST", "EXAMINE"})
  void messagesThatNobodyAskedFor(String command) {
    endless(command, "", number -> "* " + (number + 1) + " FETCH (FLAGS (\\Seen))\r\n");
  }

  @Test
  void foldersWithoutEnd() {
    endless("LIST", "", number -> "* LIST () \"/\" folder" + number + "\r\n");
  }

  @Test
  void foldersWithLongNamesWithoutEnd() {
    endless("LIST", "", number -> "* LIST () \"/\" " + "x".repeat(4000) + number + "\r\n");
  }

  @Test
  void namespacesWithoutEnd() {
    endless("NAMESPACE", "* NAMESPACE (", number -> "(\"x" + number + "\" \"/\")");
  }

  @Test
  void listsInListsWithoutEnd() {
    endless("NAMESPACE", "* NAMESPACE ", number -> "((((((((");
  }

  @Test
  void listsInListsOfAMessageWithoutEnd() {
    endless("UID FETCH", "* 1 FETCH (UID 1 BODYSTRUCTURE ", number -> "((((((((");
  }

  @Test
  void messagesWithoutEnd() {
    endless(
        "UID FETCH",
        "",
        number -> "* 1 FETCH (UID " + (number + 1) + " FLAGS () RFC822.SIZE 1)\r\n");
  }

  @Test
  void sameMessageWithoutEnd() {
    endless("UID FETCH", "* 1 FETCH (UID 1 FLAGS () RFC822.SIZE 1)\r\n");
  }

  @Test
  void flagsWithoutEnd() {
    endless(
        "UID FETCH",
        "",
        number ->
            "* 1 FETCH (UID " + (number + 1) + " FLAGS (keyword" + number + ") RFC822.SIZE 1)\r\n");
  }

  @Test
  void itemsOfOneMessageWithoutEnd() {
    endless("UID FETCH", "* 1 FETCH (UID 1", number -> " X-ITEM {5}\r\nabcde");
  }

  @Test
  void codesWithoutEnd() {
    endless("EXAMINE", "", number -> "* OK [PERMANENTFLAGS (k" + number + ")] x\r\n");
  }

  @Test
  void literalsOfOneStringWithoutEnd() {
    endless("LIST", "* LIST () \"/\" {2000000000}\r\n", number -> "xxxxxxxx");
  }

  @Test
  void foundWithoutEnd() {
    searching("* SEARCH", number -> " " + (2L * number + 1));
  }

  @Test
  void findingsWithoutEnd() {
    searching("", number -> "* SEARCH " + (2L * number % 4_000_000_000L + 1) + "\r\n");
  }

  @Test
  void setsWithoutEnd() {
    searching("* ESEARCH (TAG \"x\") UID ALL 1", number -> "," + (2L * number + 3));
  }

  @Test
  void sameFindingWithoutEnd() {
    searching("", number -> "* SEARCH 5\r\n");
  }

  @Test
  void sameSetWithoutEnd() {
    searching("", number -> "* ESEARCH (TAG \"x\") UID ALL 1:5\r\n");
  }

  @Test
  void newNumbersOfMovedMessagesWithoutEnd() {
    FloodServer flood =
        new FloodServer(
            "UID MOVE",
            "",
            number -> {
              long from = 1 + number * 10_000L % 4_000_000_000L;
              String range = from + ":" + (from + 9_999);
              return "* OK [COPYUID 7 " + range + " " + range + "] moved\r\n";
            });
    try (flood;
        Mailbox mailbox = Mailbox.open(config(flood))) {
      mailbox.sync();
      Outcome outcome = mailbox.inbox().newest(1).get(0).moveTo(FolderPath.of("Archive"));

      assertThat(outcome).isEqualTo(Outcome.QUEUED);
      assertThat(flood.sent()).isLessThan(MOST_SENT);
      assertThat(kept()).isLessThan(MOST_KEPT);
    }
  }

  private void searching(String first, IntFunction<String> more) {
    MailboxException unused =
        endless(
            new FloodServer("UID SEARCH", first, more),
            mailbox -> {
              int hits = mailbox.inbox().search(Query.text("anything")).size();
              throw new AssertionError(hits + " hits");
            });
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxException;
import dev.mailbox.Outcome;
import dev.mailbox.Reason;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.connect.ProtocolException;
import dev.mailbox.search.Query;
import dev.mailbox.testkit.ImapOverride;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that claim what cannot be: the call ends soon, and the account is as good as before. */
class HostileServerTest {
  private static final Duration BOUND = Duration.ofSeconds(15);
  private static final long MEMORY = 64L << 20;

  @TempDir Path directory;
  private Account account;

  @BeforeEach
  void start() {
    account = new Account(directory);
    account.createFolder("Archive");
    account.deliver(5);
    account.sync();
    account.deliver(2);
  }

  @AfterEach
  void stop() {
    account.close();
  }

  private ImapOverride on(String command) {
    return account.imap().on(command);
  }

  private void survives(Consumer<Mailbox> work) {
    long before = used();
    long start = System.nanoTime();
    account.trying(work);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
    assertThat(used() - before).isLessThan(MEMORY);
    recovers();
  }

  private void recovers() {
    account.imap().heal();
    account.endsInStep();
  }

  private <E extends MailboxException> E failing(Class<E> type) {
    E e = account.failingSync(type);
    assertThat(e).hasMessageContaining("localhost:" + account.imap().port());
    recovers();
    return e;
  }

  private static long used() {
    Runtime.getRuntime().gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"LIST", "EXAMINE", "UID FETCH", "NAMESPACE", "ID"})
  void hugeLiteralThatNeverComesEndsWithTheConnection(String command) {
    on(command).replyRaw("* XWHAT {2000000000}\r\nabc");
    account.withTimeout(Duration.ofMillis(400));

    ConnectionException e = account.failingSync(ConnectionException.class);

    assertThat(e.reason()).isEqualTo(Reason.TIMEOUT);
    account.withTimeout(Duration.ofSeconds(20));
    recovers();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2000000000",
        "9223372036854775807",
        "99999999999999999999999",
        "-1",
        "",
        "0x10",
        "1 0"
      })
  void sizeOfALiteralThatCannotBeStoresNothing(String size) {
    on("UID FETCH")
        .where(c -> c.text().contains("BODY.PEEK[]"))
        .replyRaw("* 6 FETCH (UID 6 BODY[] {" + size + "}\r\nabc)\r\n{tag} OK done\r\n");
    account.withTimeout(Duration.ofSeconds(1));

    survives(Mailbox::sync);
  }

  @ParameterizedTest
  @ValueSource(ints = {-7, 7, 1000})
  void literalOfAnotherLengthIsNeverAMessage(int difference) {
    on("UID FETCH").where(c -> c.text().contains("BODY.PEEK[]")).literalsOffBy(difference);
    account.withTimeout(Duration.ofSeconds(1));

    account.trying(Mailbox::sync);

    account.verified();
    account.withTimeout(Duration.ofSeconds(20));
    recovers();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2000000000", "4294967295", "9223372036854775807"})
  void moreMessagesThanThereCanBeAreNoMemory(String count) {
    on("EXAMINE").rewrite(OddServerTest.replacing("\\d+ EXISTS", count + " EXISTS"));

    survives(Mailbox::sync);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "* -1 EXISTS",
        "* 99999999999999999999 EXISTS",
        "* 1 FETCH",
        "* 1 FETCH (",
        "* 1 FETCH (UID",
        "* 1 FETCH (UID 0 FLAGS ())",
        "* 1 FETCH (UID 4294967296 FLAGS ())",
        "* 1 FETCH (UID -1)",
        "* 1 FETCH (UID x)",
        "* 1 FETCH (FLAGS (\\Seen)",
        "* 1 FETCH (FLAGS \\Seen)",
        "* 1 FETCH (BODY[] )",
        "* 1 FETCH (BODY[ NIL)",
        "* 1 FETCH ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((",
        "* 1 FETCH (RFC822.SIZE 99999999999999999999)",
        "* 1 FETCH (UID 1 BODY[] \"abc)",
        "*",
        "* ",
        "",
        " ",
        "x",
        "\0\0\0\0",
        "* \0 \0",
        "{tag}",
        "{tag} ",
        "{tag} MAYBE",
        "nobody OK done",
        "+ go on",
        "+"
      })
  void lineThatIsNoResponseEndsTheConnection(String line) {
    on("UID FETCH").once().replyRaw(line + "\r\n{tag} OK done\r\n");

    account.trying(Mailbox::sync);

    account.verified();
    recovers();
  }

  @ParameterizedTest
  @CsvSource({
    "EXAMINE,* \u0000",
    "LIST,* LIST",
    "LIST,* LIST (",
    "LIST,* LIST () \"/",
    "LIST,* LIST () \"/\" {x}",
    "NAMESPACE,* NAMESPACE ((\"a",
    "EXAMINE,+ go on",
    "LIST,nobody OK done",
    "EXAMINE,nobody NO done",
    "UID FETCH,nobody BAD done"
  })
  void garbledReplyIsAProtocolProblem(String command, String line) {
    on(command).once().replyRaw(line + "\r\n{tag} OK done\r\n");

    assertThat(failing(ProtocolException.class).reason()).isEqualTo(Reason.PROTOCOL_VIOLATION);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AUTHENTICATE", "ID", "LIST", "EXAMINE", "UID FETCH"})
  void answerBeforeTheQuestionIsNotBelieved(String command) {
    on(command).answerNextEarly();

    assertThat(failing(ProtocolException.class).reason()).isEqualTo(Reason.PROTOCOL_VIOLATION);
  }

  @Test
  void answerToAMoveBeforeItWasAskedForIsNotBelieved() {
    on("SELECT").answerNextEarly();
    account.using(
        mailbox -> {
          Outcome outcome = Account.message(mailbox, "message 2").moveTo(FolderPath.of("Archive"));
          assertThat(outcome).isEqualTo(Outcome.QUEUED);
        });
    account.verified();

    recovers();

    assertThat(account.folder("Archive").uids()).hasSize(1);
  }

  @Test
  void wrongTagsAreAProtocolProblem() {
    on("EXAMINE").wrongTag();

    failing(ProtocolException.class);
  }

  @Test
  void missingEndIsATimeout() {
    on("EXAMINE").withoutTagged();
    account.withTimeout(Duration.ofMillis(500));

    assertThat(account.failingSync(ConnectionException.class).reason()).isEqualTo(Reason.TIMEOUT);
    account.withTimeout(Duration.ofSeconds(20));
    recovers();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 1:4294967295 1:4294967295",
        "1 2 1:4294967295",
        "4294967296 2 1",
        "0 2 1",
        "1 2 2,2,2",
        "1 3 9",
        "1 2:1 9:8",
        "x y z",
        "",
        "1 2 1,,2",
        "-1 -2 -3"
      })
  void newNumbersThatCannotBeLoseNothing(String code) {
    on("UID MOVE").untaggedFirst("* OK [COPYUID " + code + "] moved");
    account.using(
        mailbox -> Account.message(mailbox, "message 2").moveTo(FolderPath.of("Archive")));
    account.verified();

    recovers();

    assertThat(account.folder("Archive").uids()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "* ESEARCH (TAG \"x\") UID ALL 1:4294967295",
        "* ESEARCH UID ALL 1:4294967295,1:4294967295",
        "* ESEARCH UID ALL 5:*",
        "* ESEARCH UID ALL 0",
        "* ESEARCH UID ALL",
        "* ESEARCH UID ALL 1,,2",
        "* ESEARCH (((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((",
        "* SEARCH 0",
        "* SEARCH 4294967296",
        "* SEARCH -1",
        "* SEARCH 999999999 999999998",
        "* SEARCH 1 x"
      })
  void findingsThatCannotBeAreNoMemory(String line) {
    account.onlyHeaders();
    account.deliver(1);
    account.sync();
    on("UID SEARCH").replyRaw(line + "\r\n{tag} OK done\r\n");

    long before = used();
    account.trying(mailbox -> mailbox.inbox().search(Query.text("nowhere")).size());

    assertThat(used() - before).isLessThan(MEMORY);
    account.verified();
    recovers();
  }
}

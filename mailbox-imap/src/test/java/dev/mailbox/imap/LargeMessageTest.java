// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Reason;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.testkit.ImapOverride;
import dev.mailbox.testkit.imap.ImapCommand;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that are asked for in pieces, from servers that give other pieces. */
class LargeMessageTest {
  private static final Pattern PIECE = Pattern.compile("<(\\d+)\\.(\\d+)>");
  private static final byte[] LARGE = Account.raw("large", "0123456789abcd\r\n".repeat(6 << 16));

  @TempDir Path directory;
  private Account account;

  @BeforeEach
  void start() {
    account = new Account(directory);
    account.deliver(2);
    account.inbox().deliver(LARGE);
    account.deliver(2);
  }

  @AfterEach
  void stop() {
    account.close();
  }

  private ImapOverride pieces() {
    return account.imap().on("UID FETCH").where(c -> c.text().contains("BODY.PEEK[]<"));
  }

  private ImapOverride piece(long offset) {
    return account.imap().on("UID FETCH").where(c -> offset(c) == offset);
  }

  private static long offset(ImapCommand command) {
    Matcher piece = PIECE.matcher(command.text());
    return piece.find() ? Long.parseLong(piece.group(1)) : -1;
  }

  private static String fetch(String item, int from, int to) {
    return "* 3 FETCH (UID 3 "
        + item
        + " {"
        + (to - from)
        + "}\r\n"
        + new String(LARGE, from, to - from, StandardCharsets.ISO_8859_1)
        + ")\r\n{tag} OK done\r\n";
  }

  @Test
  void piecesAreOneMessage() {
    SyncReport report = account.sync();

    assertThat(report.downloaded()).isEqualTo(5);
    assertThat(report.notes()).isEmpty();
    assertThat(account.imap().commands("UID FETCH").stream().filter(c -> offset(c) >= 0))
        .hasSizeGreaterThan(5);
    account.endsInStep();
    account.verified();
  }

  @Test
  void wholeBodyWhereAPieceWasAskedForIsTheMessage() {
    pieces().replyRaw(fetch("BODY[]", 0, LARGE.length));

    account.sync();

    account.endsInStep();
    account.verified();
  }

  @Test
  void pieceWithAnotherOffsetIsNotTaken() {
    piece(1 << 20).once().replyRaw(fetch("BODY[]<0>", 0, 1 << 20));
    account.sync();
    account.verified();

    account.endsInStep();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, (1 << 20) - 1})
  void pieceThatEndsEarlyIsNoEndOfTheMessage(int length) {
    piece(2 << 20).once().replyRaw(fetch("BODY[]<2097152>", 2 << 20, (2 << 20) + length));
    account.sync();
    account.verified();

    account.endsInStep();
  }

  @Test
  void serverThatGivesTheSamePieceAgainAndAgainIsAskedForTheWhole() {
    pieces().replyRaw(fetch("BODY[]<0>", 0, 1000));
    account.sync();
    account.verified();

    account.endsInStep();
  }

  @Test
  void messageThatGoesBetweenTwoPiecesIsGone() {
    piece(3 << 20).once().run(() -> account.inbox().expunge(3));
    account.sync();
    account.verified();
    assertThat(account.imap().count("UID FETCH")).isLessThan(30);

    account.endsInStep();
  }

  /** Another device marks it while it comes. */
  @Test
  void newFlagsBetweenTwoPiecesAreNoEndOfTheMessage() {
    piece(3 << 20).once().untaggedFirst("* 3 FETCH (UID 3 FLAGS (\\Flagged))");
    account.sync();

    account.using(
        mailbox ->
            assertThat(Account.text(Account.message(mailbox, "large")))
                .isEqualTo(new String(LARGE, StandardCharsets.ISO_8859_1)));
    assertThat(account.imap().commands("UID FETCH"))
        .filteredOn(c -> c.text().contains(" 3") && c.text().contains("BODY.PEEK[])"))
        .isEmpty();
    account.verified();
    account.endsInStep();
  }

  @Test
  void connectionThatBreaksBetweenTwoPiecesStoresNoPart() {
    piece(3 << 20).once().closeAfter(5000);

    ConnectionException e = account.failingSync(ConnectionException.class);

    assertThat(e.reason()).isEqualTo(Reason.DISCONNECTED);
    account.using(
        mailbox ->
            assertThat(mailbox.inbox().newest(100)).filteredOn(m -> m.isDownloaded()).hasSize(0));
    account.endsInStep();
  }

  @Test
  void literalThatIsShorterThanAnnouncedStoresNothing() {
    pieces().once().literalsOffBy(10);
    account.trying(mailbox -> mailbox.sync());
    account.verified();
    account.imap().heal();

    account.endsInStep();
  }

  @Test
  void sizeListedTooSmallDoesNotCutTheMessage() {
    account
        .imap()
        .on("UID FETCH")
        .where(c -> c.text().contains("RFC822.SIZE"))
        .rewrite(OddServerTest.replacing("RFC822.SIZE 6\\d{6}", "RFC822.SIZE 5000000"));
    account.sync();
    account.verified();

    account.endsInStep();
  }

  @Test
  void messageAboveTheLimitStaysThere() {
    account.with(config -> config.maxMessageBytes(1 << 20));

    SyncReport report = account.sync();

    assertThat(report.problems()).hasSize(1);
    assertThat(report.problems().get(0).reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
    assertThat(report.problems().get(0).serverKey()).isEqualTo("INBOX UID 3");
    assertThat(report.downloaded()).isEqualTo(4);
  }
}

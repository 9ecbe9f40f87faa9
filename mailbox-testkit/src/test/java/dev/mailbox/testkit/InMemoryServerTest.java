// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.ActionMode;
import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Message;
import dev.mailbox.Outcome;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.connect.AuthenticationException;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.connect.TokenSource;
import dev.mailbox.search.Query;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.Removal;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.sync.SyncScope;
import dev.mailbox.testkit.fault.Operation;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The other side of a mailbox in memory behaves as a server does. */
@Timeout(30)
class InMemoryServerTest {
  private static final FolderPath ARCHIVE = FolderPath.of("Archive");
  private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");

  private static MailboxConfig.Builder config(String scheme) {
    return MailboxConfig.at(scheme + "://mail.example.org")
        .login("alice", "secret")
        .keepIn(Path.of("store"));
  }

  private static Message only(InMemoryMailbox mailbox) {
    List<Message> messages = mailbox.inbox().newest(2);
    assertThat(messages).hasSize(1);
    return messages.get(0);
  }

  private static InMemoryMailbox withMail(MailboxConfig config, int count) {
    InMemoryMailbox mailbox = InMemoryMailbox.open(config);
    for (int i = 1; i <= count; i++) {
      mailbox.server().inbox().deliver(mail("message " + i));
    }
    return mailbox;
  }

  // Tokens.

  /** Gives tokens in turn, the last one again and again, and notes what it was asked. */
  private static final class Tokens implements TokenSource {
    private final Deque<String> next = new ArrayDeque<>();
    private final List<Optional<String>> asked = new ArrayList<>();

    Tokens(String... tokens) {
      next.addAll(List.of(tokens));
    }

    @Override
    public String token(Optional<String> refused) {
      asked.add(refused);
      return next.size() > 1 ? next.remove() : next.element();
    }
  }

  private static InMemoryMailbox with(TokenSource tokens, String scheme) {
    return InMemoryMailbox.open(
        MailboxConfig.at(scheme + "://mail.example.org").oauth("alice", tokens).build());
  }

  @Test
  void imapAsksForATokenForItsSessionAndPop3ForEach() {
    Tokens tokens = new Tokens("good");
    try (var imap = with(tokens, "imaps")) {
      imap.check();
      imap.sync();
      assertThat(tokens.asked).containsExactly(Optional.empty());
      imap.server().on(Operation.SYNC).once().fails(Reason.DISCONNECTED);
      assertThatThrownBy(imap::sync).isInstanceOf(ConnectionException.class);
      imap.sync();
      assertThat(tokens.asked).containsExactly(Optional.empty(), Optional.empty());
    }
    tokens.asked.clear();
    try (var pop3 = with(tokens, "pop3s")) {
      pop3.check();
      pop3.sync();
      assertThat(tokens.asked).hasSize(2);
    }
  }

  @Test
  void refusedTokenIsShownToItsSourceOnce() {
    Tokens tokens = new Tokens("old", "new");
    try (var mailbox = with(tokens, "imaps")) {
      mailbox.server().token("new");

      mailbox.sync();

      assertThat(tokens.asked).containsExactly(Optional.empty(), Optional.of("old"));
      mailbox.server().expireToken("new");
      mailbox.sync();
      mailbox.offline();
      mailbox.online();
      assertThatThrownBy(mailbox::sync)
          .isInstanceOfSatisfying(
              AuthenticationException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.AUTHENTICATION_FAILED));
      assertThat(tokens.asked).endsWith(Optional.empty(), Optional.of("new"));
    }
  }

  @Test
  void ruleThatRefusesALoginAsksForAnotherToken() {
    Tokens tokens = new Tokens("one", "two");
    try (var mailbox = with(tokens, "pop3s")) {
      mailbox.server().on(Operation.CHECK).once().fails(Reason.AUTHENTICATION_FAILED);

      mailbox.check();

      assertThat(tokens.asked).containsExactly(Optional.empty(), Optional.of("one"));
    }
  }

  @Test
  void tokenExpiresByTheClock() {
    try (var mailbox = with(new Tokens("t"), "pop3s")) {
      mailbox.server().token("t", Duration.ofHours(1));
      mailbox.check();

      mailbox.server().clock().advance(Duration.ofHours(1));

      assertThatThrownBy(mailbox::check).isInstanceOf(AuthenticationException.class);
    }
  }

  @Test
  void sourceThatFailsIsAPassingProblem() {
    TokenSource failing =
        refused -> {
          throw new UnsupportedOperationException("no network");
        };
    try (var mailbox = with(failing, "imaps")) {
      assertThatThrownBy(mailbox::check)
          .isInstanceOfSatisfying(
              ConnectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TEMPORARY));
    }
  }

  @Test
  void accountWithTokensTakesNoPassword() {
    try (var mailbox = with(new Tokens("good"), "imaps");
        var other = mailbox.server().open(config("imaps").build())) {
      mailbox.check();

      assertThatThrownBy(other::check)
          .isInstanceOfSatisfying(
              AuthenticationException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.AUTHENTICATION_FAILED));
    }
  }

  @Test
  void checkDuringAPop3SyncHasASessionOfItsOwn() {
    Tokens tokens = new Tokens("old");
    try (var mailbox = with(tokens, "pop3s")) {
      mailbox.server().inbox().deliver(mail("one"));
      mailbox.server().inbox().deliver(mail("two"));
      mailbox
          .server()
          .on(Operation.SYNC)
          .once()
          .run(
              () -> {
                mailbox.server().expireToken("old");
                assertThatThrownBy(mailbox::check).isInstanceOf(AuthenticationException.class);
              });

      assertThat(mailbox.sync().headersOnly()).isEqualTo(2);

      assertThat(tokens.asked)
          .containsExactly(Optional.empty(), Optional.empty(), Optional.of("old"));
      mailbox.server().verify();
    }
  }

  @Test
  void sessionThatBeganBeforeTheWayWasCutIsNotKept() {
    List<InMemoryMailbox> mailboxes = new ArrayList<>();
    Tokens tokens = new Tokens("good");
    TokenSource cutting =
        refused -> {
          if (tokens.asked.isEmpty()) {
            mailboxes.get(0).offline();
            mailboxes.get(0).online();
          }
          return tokens.token(refused);
        };
    try (var mailbox = with(cutting, "imaps")) {
      mailboxes.add(mailbox);
      mailbox.check();
      assertThat(tokens.asked).hasSize(1);

      mailbox.check();
      mailbox.check();

      assertThat(tokens.asked).hasSize(2);
    }
  }

  @Test
  void refusedLoginStopsTheQueueUntilSomebodyAsks() {
    try (var mailbox = withMail(config("imaps").build(), 1)) {
      mailbox.sync();
      mailbox.server().on(Operation.FLAG).once().fails(Reason.AUTHENTICATION_FAILED);

      assertThat(only(mailbox).mark(Flag.SEEN)).isEqualTo(Outcome.QUEUED);
      assertThat(only(mailbox).mark(Flag.FLAGGED)).isEqualTo(Outcome.QUEUED);
      assertThat(mailbox.flush(Duration.ofSeconds(20))).isTrue();
      assertThat(only(mailbox).mark(Flag.DRAFT)).isEqualTo(Outcome.ON_SERVER);
    }
  }

  // The end of a POP3 session.

  @Test
  void removalsOfASessionThatDoesNotEndWellAreUndone() {
    try (var mailbox = withMail(config("pop3s").build(), 3)) {
      mailbox.server().on(Operation.COMMIT).once().fails(Reason.DISCONNECTED);

      SyncReport report = mailbox.sync();

      assertThat(report.downloaded()).isEqualTo(3);
      assertThat(report.deleted()).isZero();
      assertThat(report.unconfirmed()).isEqualTo(3);
      assertThat(report.notes()).singleElement().asString().contains("QUIT");
      assertThat(mailbox.server().inbox().count()).isEqualTo(3);
      assertThat(mailbox.status().pendingRemovals()).isEqualTo(3);
      assertThat(mailbox.sync().deleted()).isEqualTo(3);
      assertThat(mailbox.server().inbox().count()).isZero();
      assertThat(mailbox.status().pendingRemovals()).isZero();
      assertThat(mailbox.inbox().counts().total()).isEqualTo(3);
    }
  }

  @Test
  void sessionThatBreaksBeforeItsEndRemovesNothing() {
    try (var mailbox = withMail(config("pop3s").build(), 3)) {
      mailbox.server().on(Operation.DELETE).nth(3).fails(Reason.DISCONNECTED);

      assertThatThrownBy(mailbox::sync).isInstanceOf(ConnectionException.class);

      assertThat(mailbox.server().inbox().count()).isEqualTo(3);
      assertThat(mailbox.inbox().counts().total()).isEqualTo(3);
      assertThat(mailbox.status().pendingRemovals()).isEqualTo(2);
    }
  }

  @Test
  void refusedRemovalKeepsNoOtherBack() {
    try (var mailbox = withMail(config("pop3s").build(), 3)) {
      mailbox.server().on(Operation.DELETE).nth(2).fails(Reason.NO_PERMISSION);

      SyncReport report = mailbox.sync();

      assertThat(report.deleted()).isEqualTo(2);
      assertThat(report.kept()).isEqualTo(1);
      assertThat(report.problems())
          .singleElement()
          .matches(problem -> problem.reason() == Reason.NO_PERMISSION);
      assertThat(mailbox.server().inbox().count()).isEqualTo(1);
    }
  }

  @Test
  void deletionThatWasNotConfirmedIsAskedForAgain() {
    MailboxConfig keeping = config("pop3s").removal(Removal.never()).build();
    try (var mailbox = withMail(keeping, 1)) {
      mailbox.sync();
      assertThat(only(mailbox).delete()).isEqualTo(Outcome.QUEUED);
      mailbox.server().on(Operation.COMMIT).once().fails(Reason.TIMEOUT);

      assertThat(mailbox.sync().unconfirmed()).isEqualTo(1);

      assertThat(mailbox.status().pendingRemovals()).isEqualTo(1);
      assertThat(mailbox.sync().deleted()).isEqualTo(1);
    }
  }

  // Rules by folder.

  @Test
  void ruleForAFolderIsForWhatLivesHereToo() {
    try (var mailbox = withMail(config("pop3s").build(), 1)) {
      mailbox.sync();
      mailbox.createFolder(ARCHIVE);
      Message message = only(mailbox);
      mailbox.server().on(Operation.FLAG).folder("INBOX").once().fails(Reason.DISK_FULL);
      mailbox.server().on(Operation.MOVE).folder("Trash").once().fails(Reason.DISK_FULL);
      mailbox.server().on(Operation.DELETE).folder("Archive").once().fails(Reason.DISK_FULL);

      assertThatThrownBy(() -> message.mark(Flag.SEEN)).hasMessageContaining("DISK_FULL");
      assertThatThrownBy(message::trash).hasMessageContaining("DISK_FULL");
      assertThat(message.moveTo(ARCHIVE)).isEqualTo(Outcome.LOCAL);
      assertThatThrownBy(message::delete).hasMessageContaining("DISK_FULL");
      mailbox.server().verify();
    }
  }

  @Test
  void whatIsDoneToMessagesOfSeveralFoldersIsRefusedFolderByFolder() {
    try (var mailbox = withMail(config("imaps").build(), 1)) {
      mailbox.server().folder("Shared").deliver(mail("shared"));
      mailbox.sync();
      mailbox.server().on(Operation.FLAG).folder("Shared").fails(Reason.NO_PERMISSION);

      assertThatThrownBy(() -> mailbox.search(Query.all()).mark(Flag.SEEN))
          .isInstanceOf(RejectedException.class);

      assertThat(only(mailbox).has(Flag.SEEN)).isTrue();
      assertThat(mailbox.server().inbox().messages().get(0).flags()).containsExactly("\\Seen");
      assertThat(mailbox.server().folder("Shared").messages().get(0).flags()).isEmpty();
    }
  }

  @Test
  void whatIsPutOffHoldsBackOnlyWhatDependsOnIt() {
    try (var mailbox = withMail(config("imaps").actions(ActionMode.QUEUE_FIRST).build(), 1)) {
      mailbox.server().folder("Shared").deliver(mail("shared"));
      mailbox.sync();
      Message shared = mailbox.folder(FolderPath.of("Shared")).orElseThrow().newest(1).get(0);
      mailbox.server().on(Operation.FLAG).folder("Shared").once().fails(Reason.TEMPORARY);
      shared.mark(Flag.SEEN);
      shared.mark(Flag.FLAGGED);
      only(mailbox).mark(Flag.SEEN);

      assertThatThrownBy(() -> mailbox.flush(Duration.ofSeconds(20)))
          .isInstanceOfSatisfying(
              ConnectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TEMPORARY));

      assertThat(mailbox.status().queuedActions()).isEqualTo(2);
      assertThat(mailbox.server().inbox().messages().get(0).flags()).containsExactly("\\Seen");
      assertThat(mailbox.flush(Duration.ofSeconds(20))).isTrue();
    }
  }

  // Time.

  @Test
  void flushEndsWhenItsTimeIsUp() {
    try (var mailbox = withMail(config("imaps").actions(ActionMode.QUEUE_FIRST).build(), 1)) {
      mailbox.sync();
      only(mailbox).mark(Flag.SEEN);
      mailbox.server().on(Operation.FLAG).once().takes(Duration.ofSeconds(20));

      assertThat(mailbox.flush(Duration.ofMillis(20))).isFalse();

      assertThat(mailbox.status().queuedActions()).isEqualTo(1);
      assertThat(mailbox.flush(Duration.ZERO)).isFalse();
      assertThat(mailbox.flush(Duration.ofSeconds(20))).isTrue();
    }
  }

  @Test
  void clockTellsWhenMailArrivesAndHowOldItIs() {
    SyncScope recent = SyncScope.everything().bodies(BodyPolicy.recent(Duration.ofDays(7)));
    MailboxConfig config =
        config("imaps").scope(recent).removal(Removal.after(Duration.ofDays(3))).build();
    try (var mailbox = InMemoryMailbox.open(config)) {
      mailbox.server().clock().stop(NOON);
      mailbox.server().inbox().deliver(mail("old"));
      mailbox.server().clock().advance(Duration.ofDays(8));
      mailbox.server().inbox().deliver(mail("new"));

      SyncReport report = mailbox.sync();

      assertThat(report.downloaded()).isEqualTo(1);
      assertThat(report.headersOnly()).isEqualTo(1);
      assertThat(mailbox.inbox().newest(2))
          .extracting(Message::receivedAt)
          .containsExactly(NOON.plus(Duration.ofDays(8)), NOON);
      assertThat(mailbox.status().lastSync()).contains(NOON.plus(Duration.ofDays(8)));
      mailbox.server().clock().advance(Duration.ofDays(3));
      assertThat(mailbox.sync().deleted()).isEqualTo(1);
    }
  }

  // What a server refuses.

  @Test
  void messageWithANulIsRefused() {
    try (var mailbox = InMemoryMailbox.open(config("imaps").build())) {
      byte[] raw = "Subject: x\r\n\r\na\0b\r\n".getBytes(StandardCharsets.US_ASCII);

      assertThatThrownBy(
              () -> mailbox.inbox().append(new ByteArrayInputStream(raw), NOON, Set.of()))
          .isInstanceOf(RejectedException.class);

      assertThat(mailbox.inbox().counts().total()).isZero();
    }
  }

  @Test
  void nameWithTheDelimiterIsRefusedByTheServerAlone() {
    FolderPath path = FolderPath.of("a/b");
    try (var mailbox = InMemoryMailbox.open(config("imaps").build())) {
      assertThatThrownBy(() -> mailbox.createFolder(path))
          .isInstanceOfSatisfying(
              RejectedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.IMPOSSIBLE));
      assertThat(mailbox.folder(path)).isEmpty();
    }
    try (var mailbox = InMemoryMailbox.open(config("pop3s").build())) {
      assertThat(mailbox.createFolder(path).path()).isEqualTo(path);
    }
  }

  // Damage.

  @Test
  void damageIsReadAndToldAndStays() {
    try (var mailbox = withMail(config("imaps").build(), 1)) {
      mailbox.sync();
      String text = only(mailbox).content().text();
      mailbox.createFolder(ARCHIVE);
      only(mailbox).copyTo(ARCHIVE);
      Message copy = mailbox.folder(ARCHIVE).orElseThrow().newest(1).get(0);

      mailbox.damage(copy.id());

      assertThat(mailbox.verify().damaged())
          .containsExactlyInAnyOrder(copy.id(), only(mailbox).id());
      assertThat(mailbox.verify().problems()).isEmpty();
      assertThat(only(mailbox).content().text()).isNotEqualTo(text).hasSameSizeAs(text);
      assertThat(only(mailbox).envelope().subject()).isEqualTo("message 1");
      assertThat(mailbox.sync().downloaded()).isZero();
      assertThat(mailbox.verify().isSound()).isFalse();
      MailboxConfig other = config("imaps").keepIn(Path.of("other")).build();
      try (var again = mailbox.server().open(other)) {
        again.sync();
        assertThat(only(again).content().text()).isEqualTo(text);
      }
    }
  }

  @Test
  void bodyThatComesRepairsADamagedHeader() {
    try (var mailbox = withMail(config("imaps").build(), 1)) {
      mailbox.sync();
      mailbox.damage(only(mailbox).id());
      assertThat(mailbox.verify().damaged()).containsExactly(only(mailbox).id());

      assertThat(only(mailbox).content().text()).isNotEmpty();

      assertThat(mailbox.verify().isSound()).isTrue();
    }
  }
}

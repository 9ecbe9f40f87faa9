// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mailbox.Flag;
import dev.mailbox.Folder;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.MailboxException;
import dev.mailbox.Message;
import dev.mailbox.change.Watch;
import dev.mailbox.connect.Timeouts;
import dev.mailbox.connect.TlsMode;
import dev.mailbox.search.Query;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.SyncScope;
import dev.mailbox.testkit.FakeAccount;
import dev.mailbox.testkit.FakeImap;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.HeldMessage;
import dev.mailbox.testkit.fault.Fault;
import dev.mailbox.testkit.fault.NamedFault;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each named fault, at each command that it is for, until the server heals: what is done meanwhile
 * works or fails in time, and afterwards each message is here once and as the server has it.
 */
@Tag("long")
class ImapTortureTest {
  private static final Timeouts SHORT = Timeouts.all(Duration.ofMillis(250));
  private static final Timeouts PATIENT = Timeouts.all(Duration.ofSeconds(20));
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final Instant ARRIVAL = Instant.parse("2026-01-05T10:00:00Z");
  private static final FolderPath ARCHIVE = FolderPath.of("Archive");
  private static final byte[] APPENDED = Account.raw("appended", "text\r\n");

  /** What this client never asks for. */
  private static final Set<String> NOT_MET =
      Set.of("compress-refused", "deflate-bomb", "deflate-garbage");

  /** A message of the right size cannot be seen to be wrong, and is not asked for again. */
  private static final Set<String> UNSEEN = Set.of("content-flipped", "content-nul");

  @TempDir Path store;

  @AutoClose private final FakeMailServer server = FakeMailServer.start();

  @ParameterizedTest
  @MethodSource("dev.mailbox.testkit.fault.Faults#imap")
  void nothingIsLostOrTwiceOnceTheServerHeals(NamedFault fault) {
    deliver();
    provoke(fault);
    long start = System.nanoTime();

    meanwhile(fault);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(DEADLINE);
    assertMet(fault);
    FakeImap unused = server.imap().heal();
    afterwards(fault);
  }

  private void deliver() {
    for (int i = 1; i <= 3; i++) {
      byte[] raw = Account.raw("mail " + i, "." + "x".repeat(50 * i) + "\r\n");
      String unused = alice().inbox().deliver(raw);
    }
    String unused = alice().folder("Archive").deliver(Account.raw("old", "text\r\n"));
  }

  /** Makes the client say what the fault is for. */
  private void provoke(NamedFault fault) {
    FakeImap imap = server.imap().on(fault).meet(fault.fault());
    if (fault.fault() instanceof Fault.AtLiteral) {
      imap = imap.without("LITERAL+");
    }
    if (fault.commands().contains("CAPABILITY")) {
      imap =
          imap.on("CONNECT")
              .meet(new Fault.Replaced(Fault.Part.WORDS, "\\[CAPABILITY [^]]*] (?=testkit)", ""));
    }
    assertThat(imap).isNotNull();
  }

  private void meanwhile(NamedFault fault) {
    try (Mailbox mailbox = Mailbox.open(config(fault, SHORT))) {
      attempt(mailbox::sync);
      if (fault.commands().contains("SEARCH")) {
        attempt(() -> mailbox.inbox().search(Query.text("x")).stream().count());
      } else if (fault.commands().contains("IDLE")) {
        watch(mailbox);
      } else if (changes(fault)) {
        attempt(() -> newest(mailbox).mark(Flag.FLAGGED));
        attempt(() -> newest(mailbox).copyTo(ARCHIVE));
        attempt(() -> newest(mailbox).moveTo(ARCHIVE));
        attempt(() -> newest(mailbox).delete());
        attempt(
            () -> mailbox.inbox().append(new ByteArrayInputStream(APPENDED), ARRIVAL, Set.of()));
      }
    }
  }

  private static boolean changes(NamedFault fault) {
    return fault.commands().stream()
        .anyMatch(Set.of("STORE", "EXPUNGE", "COPY", "APPEND")::contains);
  }

  private void watch(Mailbox mailbox) {
    Watch watch = mailbox.watch(change -> {});
    server.imap().awaitCommand("IDLE", DEADLINE);
    String unused = alice().inbox().deliver(Account.raw("news", "x\r\n"));
    watch.close();
  }

  /** It works, or says as it should that it does not. */
  private static void attempt(ThrowingCallable work) {
    Throwable failure = catchThrowable(work);
    if (failure != null) {
      assertThat(failure).isInstanceOf(MailboxException.class);
    }
  }

  private static Message newest(Mailbox mailbox) {
    return mailbox.inbox().newest(1).get(0);
  }

  private void assertMet(NamedFault fault) {
    Throwable problem = catchThrowable(() -> server.imap().verify());
    boolean unmet = problem != null && problem.getMessage().contains("never used");
    assertThat(unmet).isEqualTo(NOT_MET.contains(fault.name()));
  }

  private void afterwards(NamedFault fault) {
    try (Mailbox mailbox = Mailbox.open(config(fault, PATIENT))) {
      mailbox.sync();
      assertThat(mailbox.flush(DEADLINE)).isTrue();
      mailbox.sync();
      for (String name : List.of("INBOX", "Archive")) {
        List<String> here = here(mailbox, name);
        if (UNSEEN.contains(fault.name())) {
          assertThat(here).hasSameSizeAs(held(name, fault));
        } else {
          assertThat(here).containsExactlyInAnyOrderElementsOf(held(name, fault));
        }
      }
      assertThat(mailbox.verify().isSound()).isTrue();
    }
  }

  private static List<String> here(Mailbox mailbox, String name) {
    Folder folder = mailbox.folder(FolderPath.of(name)).orElseThrow();
    return folder.newest(100).stream().map(TestAccount::raw).map(TestAccount::text).toList();
  }

  private List<String> held(String folder, NamedFault fault) {
    List<byte[]> held =
        new ArrayList<>(
            alice().existing(folder).messages().stream().map(HeldMessage::raw).toList());
    if (fault.name().equals("append-pretended") && folder.equals("INBOX")) {
      // What the server says it took and does not list is the only copy, which is kept.
      held.add(APPENDED);
    }
    return held.stream().map(TestAccount::text).toList();
  }

  private FakeAccount alice() {
    return server.user("alice", "secret");
  }

  private MailboxConfig config(NamedFault fault, Timeouts timeouts) {
    boolean implicit = fault.commands().contains("TLS") || fault.name().contains("tls-end");
    boolean upgraded = fault.name().contains("starttls");
    BodyPolicy bodies =
        fault.commands().contains("SEARCH") ? BodyPolicy.onDemand() : BodyPolicy.all();
    return MailboxConfig.at(implicit ? server.imapsUrl() : server.imapUrl())
        .tls(implicit ? TlsMode.IMPLICIT : upgraded ? TlsMode.STARTTLS : TlsMode.NONE)
        .login("alice", "secret")
        .trust(server.certificates().clientContext())
        .keepIn(store)
        .scope(SyncScope.everything().bodies(bodies))
        .timeouts(timeouts)
        .build();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.MailboxException;
import dev.mailbox.Message;
import dev.mailbox.connect.Timeouts;
import dev.mailbox.connect.TlsMode;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.Removal;
import dev.mailbox.sync.SyncScope;
import dev.mailbox.testkit.FakeFolder;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.FakePop3;
import dev.mailbox.testkit.HeldMessage;
import dev.mailbox.testkit.Pop3Override;
import dev.mailbox.testkit.fault.NamedFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each named fault, at each command that it is for, until the server heals: a sync meanwhile works
 * or fails in time, and after another one each message is here once and right, and on the server no
 * more.
 */
@Tag("long")
class Pop3TortureTest {
  private static final Timeouts SHORT = Timeouts.all(Duration.ofMillis(250));
  private static final Timeouts PATIENT = Timeouts.all(Duration.ofSeconds(20));
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  /** What this client never asks for. */
  private static final Set<String> NOT_MET =
      Set.of("stat-mismatch", "stat-in-words", "stat-negative", "stat-huge", "stat-err");

  /**
   * A server that gives the same wrong bytes each time looks like one that lists sizes of its own,
   * of which there are many. Once is seen by the size.
   */
  private static final Set<String> SEEN_ONCE =
      Set.of("retr-status-twice", "message-unstuffed", "message-truncated", "message-other");

  /** A message of the right size cannot be seen to be wrong. */
  private static final Set<String> UNSEEN = Set.of("message-flipped", "message-nul");

  @TempDir Path store;

  @AutoClose private final FakeMailServer server = FakeMailServer.start();

  @ParameterizedTest
  @MethodSource("dev.mailbox.testkit.fault.Faults#pop3")
  void nothingIsLostOrTwiceOnceTheServerHeals(NamedFault fault) {
    List<String> sent = deliver();
    Pop3Override rule = server.pop3().on(fault);
    FakePop3 unused = (SEEN_ONCE.contains(fault.name()) ? rule.nth(2) : rule).meet(fault.fault());
    long start = System.nanoTime();

    try (Mailbox mailbox = Mailbox.open(config(fault, SHORT).build())) {
      Throwable failure = catchThrowable(mailbox::sync);
      if (failure != null) {
        assertThat(failure).isInstanceOf(MailboxException.class);
      }
    }

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(DEADLINE);
    assertMet(fault);
    unused = server.pop3().heal();
    afterwards(fault, sent);
  }

  private List<String> deliver() {
    for (int i = 1; i <= 3; i++) {
      byte[] raw = Maildrop.raw("mail " + i, "." + "x".repeat(50 * i) + "\r\n");
      String unused = inbox().deliver(raw);
    }
    return inbox().messages().stream().map(HeldMessage::raw).map(Pop3TortureTest::text).toList();
  }

  private void assertMet(NamedFault fault) {
    Throwable problem = catchThrowable(() -> server.pop3().verify());
    boolean unmet = problem != null && problem.getMessage().contains("never used");
    assertThat(unmet).isEqualTo(NOT_MET.contains(fault.name()));
  }

  private void afterwards(NamedFault fault, List<String> sent) {
    var config = config(fault, PATIENT).scope(SyncScope.everything().bodies(BodyPolicy.all()));
    try (Mailbox mailbox = Mailbox.open(config.removal(Removal.afterDownload()).build())) {
      mailbox.sync();
      List<String> here = mailbox.inbox().newest(100).stream().map(m -> text(raw(m))).toList();
      if (UNSEEN.contains(fault.name())) {
        assertThat(here).hasSameSizeAs(sent);
      } else {
        assertThat(here).containsExactlyInAnyOrderElementsOf(sent);
      }
      assertThat(inbox().count()).isZero();
      assertThat(mailbox.verify().isSound()).isTrue();
    }
  }

  private FakeFolder inbox() {
    return server.user("alice", "secret").inbox();
  }

  private MailboxConfig.Builder config(NamedFault fault, Timeouts timeouts) {
    boolean implicit = fault.commands().contains("TLS") || fault.name().contains("tls-end");
    boolean upgraded = fault.name().contains("stls");
    var config =
        MailboxConfig.at(implicit ? server.pop3sUrl() : server.pop3Url())
            .tls(implicit ? TlsMode.IMPLICIT : upgraded ? TlsMode.STARTTLS : TlsMode.NONE)
            .login("alice", "secret")
            .trust(server.certificates().clientContext())
            .keepIn(store)
            .timeouts(timeouts);
    // TOP is for those who want headers only.
    return fault.commands().contains("TOP")
        ? config
            .removal(Removal.never())
            .scope(SyncScope.everything().bodies(BodyPolicy.onDemand()))
        : config;
  }

  private static byte[] raw(Message message) {
    try (InputStream in = message.openRaw()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}

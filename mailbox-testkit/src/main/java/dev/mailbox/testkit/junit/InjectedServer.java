// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.junit;

import dev.mailbox.testkit.DovecotServer;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.InMemoryMailbox;
import dev.mailbox.testkit.MailServer;
import dev.mailbox.testkit.internal.net.Await;
import dev.mailbox.testkit.script.ScriptedServer;
import dev.mailbox.testkit.tls.TestCertificates;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/** A server, or what belongs to servers, that a test has asked for. */
final class InjectedServer {
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final Map<Class<?>, Function<FakeMailServer.Builder, ?>> STARTERS =
      Map.of(
          FakeMailServer.class, FakeMailServer.Builder::start,
          DovecotServer.class, unused -> DovecotServer.startOrSkip(),
          ScriptedServer.class, unused -> ScriptedServer.start(),
          InMemoryMailbox.class, unused -> InMemoryMailbox.imap(),
          TestCertificates.class, unused -> TestCertificates.shared());

  private final Object server;

  private InjectedServer(Object server) {
    this.server = server;
  }

  static boolean isKnown(Class<?> type) {
    return STARTERS.containsKey(type);
  }

  static InjectedServer start(Class<?> type, FakeMailServer.Builder fakes) {
    Function<FakeMailServer.Builder, ?> starter = STARTERS.get(type);
    if (starter == null) {
      throw new IllegalArgumentException("no server of type " + type.getName());
    }
    return new InjectedServer(starter.apply(fakes));
  }

  Object server() {
    return server;
  }

  /** Adds to a failure what the server has seen. */
  void explain(Throwable failure) {
    String seen = seen();
    if (!seen.isBlank()) {
      failure.addSuppressed(
          new ServerLog("Transcript of " + server.getClass().getSimpleName() + ":\n" + seen));
    }
  }

  /** Fails when a script or an override was not used, or when a client broke the protocol. */
  void verify() {
    if (server instanceof FakeMailServer mail) {
      mail.verify();
    } else if (server instanceof ScriptedServer scripted) {
      scripted.verify();
    } else if (server instanceof InMemoryMailbox mailbox) {
      mailbox.server().verify();
    }
  }

  /** Lets those go that wait for news on threads of the test. */
  void letGo() {
    if (server instanceof InMemoryMailbox mailbox) {
      mailbox.close();
    }
  }

  /** Fails when clients do not close their connections. */
  void requireNoOpenConnections() {
    if (!Await.until(() -> openConnections() == 0, GRACE)) {
      throw new AssertionError(
          "the test left behind, perhaps by a mailbox or socket that was not closed: "
              + openConnections()
              + " connections to "
              + server.getClass().getSimpleName());
    }
  }

  void close() {
    if (server instanceof MailServer mail) {
      mail.close();
    } else if (server instanceof ScriptedServer scripted) {
      scripted.close();
    } else {
      letGo();
    }
  }

  private int openConnections() {
    if (server instanceof FakeMailServer mail) {
      return mail.openConnections();
    }
    return server instanceof ScriptedServer scripted ? scripted.openConnections() : 0;
  }

  private String seen() {
    if (server instanceof FakeMailServer mail) {
      return mail.transcript();
    }
    if (server instanceof DovecotServer dovecot) {
      return dovecot.log();
    }
    return server instanceof ScriptedServer scripted ? scripted.transcript() : "";
  }
}

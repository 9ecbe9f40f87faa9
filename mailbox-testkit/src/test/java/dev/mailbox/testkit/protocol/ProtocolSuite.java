// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.protocol;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.opentest4j.TestAbortedException;

/** All scripts of one protocol on one server, each a test of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ProtocolSuite {
  private final String protocol;
  private ProtocolServer server;

  /**
   * @param protocol {@code imap} or {@code pop3}
   */
  ProtocolSuite(String protocol) {
    this.protocol = protocol;
  }

  /** Starts the server that the scripts run on. */
  abstract ProtocolServer start();

  @BeforeAll
  final void startServer() {
    server = start();
  }

  @AfterAll
  final void closeServer() {
    if (server != null) {
      server.close();
    }
  }

  @TestFactory
  final Stream<DynamicTest> scripts() {
    return ScriptFiles.names(protocol).map(name -> DynamicTest.dynamicTest(name, () -> play(name)));
  }

  private void play(String name) throws IOException {
    Optional<String> skipped = play(protocol, name, server);
    if (skipped.isPresent()) {
      throw new TestAbortedException(skipped.get());
    }
  }

  /** Plays a script, or says why it is not for this server. */
  static Optional<String> play(String protocol, String name, ProtocolServer server)
      throws IOException {
    Script script = ScriptFiles.parse(protocol, name, server.name());
    if (!script.except().isEmpty()) {
      return Optional.of(script.except());
    }
    ProtocolServer.User user = server.user(protocol + "-" + name);
    try (ScriptRun run =
        protocol.equals("imap")
            ? new ImapRun(script, server, user)
            : new Pop3Run(script, server, user)) {
      return run instanceof Pop3Run pop3
          ? playIfOffered(pop3, Setup.pop3(pop3))
          : playImap(run, user.isFresh() ? "box" : "t" + Long.toString(System.nanoTime(), 36));
    }
  }

  private static Optional<String> playImap(ScriptRun run, String box) throws IOException {
    try {
      return playIfOffered(run, Setup.imap(run, box));
    } finally {
      if (!run.user.isFresh()) {
        Setup.remove(run, box);
      }
    }
  }

  private static Optional<String> playIfOffered(ScriptRun run, Set<String> offers) {
    Optional<String> missing = Setup.missing(run.script, offers);
    if (missing.isEmpty()) {
      run.play();
    }
    return missing.map(word -> run.server.name() + " does not offer " + word);
  }
}

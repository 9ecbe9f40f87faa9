// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.protocol;

import java.io.IOException;
import java.util.Locale;
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
      Set<String> offers =
          run instanceof Pop3Run pop3
              ? Setup.pop3(pop3)
              : Setup.imap(run, user.isFresh() ? "box" : name.toLowerCase(Locale.ROOT));
      Optional<String> missing = Setup.missing(script, offers);
      if (missing.isEmpty()) {
        run.play();
      }
      return missing.map(word -> server.name() + " does not offer " + word);
    }
  }
}

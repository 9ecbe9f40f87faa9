// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.recipes;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.MailboxException;
import dev.mailbox.testkit.script.Script;
import dev.mailbox.testkit.script.ScriptedServer;
import dev.mailbox.testkit.tls.TestCertificates;
import java.util.List;
import java.util.Optional;

/** Lets a failure of production happen again on this machine, from what its exception told. */
public final class ReproduceFailure {
  private ReproduceFailure() {}

  /**
   * Synchronizes with a server that says what the transcript says.
   *
   * @param transcript of {@link MailboxException#transcript()}, or the lines of a recorded session
   * @param scheme as in production: {@code imap}, {@code imaps}, {@code pop3} or {@code pop3s}
   * @return how it fails now
   * @throws AssertionError where this program says something else than that of production
   */
  public static Optional<MailboxException> run(List<String> transcript, String scheme) {
    try (var server = ScriptedServer.start().next(Script.parse(transcript))) {
      var config =
          MailboxConfig.at(server.url(scheme))
              .login("alice", "any password will do")
              .trust(TestCertificates.shared().clientContext())
              .build();
      var failure = sync(config);
      server.verify();
      return failure;
    }
  }

  private static Optional<MailboxException> sync(MailboxConfig config) {
    try (var mailbox = Mailbox.open(config)) {
      mailbox.sync();
      return Optional.empty();
    } catch (MailboxException e) {
      return Optional.of(e);
    }
  }
}

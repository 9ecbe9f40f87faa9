// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import dev.mailbox.MailboxConfig;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which server, and how to log in. */
final class ServerOptions {
  @Parameters(
      paramLabel = "URL",
      description = {
        "imaps://HOST[:PORT] or pop3s://HOST[:PORT] for TLS",
        "from the start; imap:// or pop3:// for an upgrade",
        "to TLS."
      })
  private String url = "";

  @Mixin private final LoginOptions login = new LoginOptions();

  String url() {
    return url;
  }

  /** The name to log in with. */
  String user() {
    return login.user(url);
  }

  /**
   * A configuration for that server; the rest is up to the command.
   *
   * @throws CommandException if the options make no sense
   */
  MailboxConfig.Builder configure(Terminal terminal) {
    return login.configure(terminal, url);
  }
}

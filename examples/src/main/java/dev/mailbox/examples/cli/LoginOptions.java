// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import dev.mailbox.MailboxConfig;
import dev.mailbox.connect.Timeouts;
import dev.mailbox.connect.TlsMode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who logs in to a server, and whom to trust. */
final class LoginOptions {
  @Option(
      names = {"-u", "--user"},
      description = "Who logs in; or say imaps://USER@HOST.")
  private @Nullable String user;

  @Option(
      names = "--oauth",
      description = "Logs in with the OAuth 2.0 access token in MAILBOX_TOKEN.")
  private boolean oauth;

  @Option(
      names = "--ca",
      paramLabel = "CERT.pem",
      description = "Trusts the authorities in this file, and no others.")
  private @Nullable Path authority;

  @Option(names = "--insecure", description = "Talks without TLS; to be avoided.")
  private boolean insecure;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long to wait for the server each time.")
  private @Nullable Integer timeout;

  /** The name to log in with. */
  String user(String url) {
    return Optional.ofNullable(user)
        .or(() -> Optional.ofNullable(URI.create(url).getUserInfo()))
        .orElseThrow(() -> CommandException.usage("who logs in? say --user NAME"));
  }

  /**
   * A configuration for that server; the rest is up to the command.
   *
   * @throws CommandException if the options make no sense
   */
  MailboxConfig.Builder configure(Terminal terminal, String url) {
    MailboxConfig.Builder builder = checked(() -> MailboxConfig.at(url));
    checked(() -> secured(url, builder));
    String name = user(url);
    String secret = secret(terminal, url);
    return checked(
        () -> oauth ? builder.oauth(name, refused -> secret) : builder.login(name, secret));
  }

  /** The configuration, complete. */
  static MailboxConfig build(MailboxConfig.Builder builder) {
    try {
      return builder.build();
    } catch (IllegalStateException e) {
      // Who logs in and where the store is are known by now; what is left is the way there.
      throw new CommandException(
          ExitCode.USAGE,
          "without TLS, anybody on the way can read the password",
          "use pop3s:// or imaps://; --insecure permits it all the same");
    }
  }

  /** The configuration's own words say what is wrong with an option. */
  static <T> T checked(Supplier<T> step) {
    try {
      return step.get();
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw CommandException.usage(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private MailboxConfig.Builder secured(String url, MailboxConfig.Builder builder) {
    if (timeout != null) {
      builder.timeouts(Timeouts.all(Duration.ofSeconds(timeout)));
    }
    if (authority != null) {
      builder.trust(authority);
    }
    if (insecure) {
      if (!url.startsWith("pop3:") && !url.startsWith("imap:")) {
        throw CommandException.usage(
            "--insecure means no TLS at all, and does not go with "
                + url
                + "; for a certificate of your own there is --ca");
      }
      builder.tls(TlsMode.NONE).allowInsecure();
    }
    return builder;
  }

  private String secret(Terminal terminal, String url) {
    if (oauth) {
      return terminal
          .environment("MAILBOX_TOKEN")
          .orElseThrow(() -> CommandException.usage("--oauth needs a token in MAILBOX_TOKEN"));
    }
    return terminal
        .environment("MAILBOX_PASSWORD")
        .or(
            () ->
                terminal.askSecret(
                    "Password of " + user(url) + " at " + URI.create(url).getHost() + ": "))
        .filter(secret -> !secret.isEmpty())
        .orElseThrow(
            () ->
                new CommandException(
                    ExitCode.USAGE,
                    "no password",
                    "set MAILBOX_PASSWORD, or run it in a terminal to be asked"));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.Profile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "fake-server",
    description = {
      "Runs a mail server in memory, for tests in any language.",
      "POP3 and IMAP over one store, on this machine only, until it is ended."
    })
final class FakeServerCommand extends MailCommand {
  @Option(
      names = "--profile",
      paramLabel = "NAME",
      defaultValue = "complete",
      description = "Whose habits it has: ${COMPLETION-CANDIDATES}.")
  private Profile profile = Profile.COMPLETE;

  @Option(
      names = "--imap-port",
      paramLabel = "N",
      defaultValue = "0",
      description = "A free one by default.")
  private int imapPort;

  @Option(
      names = "--pop3-port",
      paramLabel = "N",
      defaultValue = "0",
      description = "A free one by default.")
  private int pop3Port;

  @Option(
      names = "--tls",
      description = {
        "Those ports begin with TLS; otherwise they speak",
        "clear text with STARTTLS and STLS. The other kind",
        "is on free ports beside them."
      })
  private boolean tls;

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      description = "Where to write whom clients must trust, as PEM.")
  private @Nullable Path certificate;

  @Option(
      names = "--users",
      paramLabel = "USER:PASSWORD",
      split = ",",
      defaultValue = "alice:secret",
      description = {
        "Who may log in; alice:secret by default. The password",
        "is a token too, which outlook wants."
      })
  private List<String> users = List.of();

  @Option(
      names = "--mail",
      paramLabel = "DIR",
      description = {
        "Each file of it is a message in every inbox, as it",
        "is; directories in it stand for folders."
      })
  private @Nullable Path mail;

  @Option(
      names = "--fault",
      paramLabel = "NAME[:N]",
      split = ",",
      description = {
        "What goes wrong, each time or the first N times,",
        "such as fetch-cut:1. docs/testing.md has the names."
      })
  private List<String> faults = List.of();

  @Option(
      names = "--chaos",
      paramLabel = "P",
      defaultValue = "0",
      description = "With which probability a command meets a fault.")
  private double chaos;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "What chance is drawn from.")
  private long seed;

  /** One who may log in. */
  private record User(String name, String password) {}

  FakeServerCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run() throws IOException {
    List<User> known = users.stream().map(FakeServerCommand::user).toList();
    MailDirectory mails = MailDirectory.of(mail);
    List<WantedFault> wanted = faults.stream().map(text -> WantedFault.of(text, seed)).toList();
    if (!(chaos >= 0 && chaos <= 1)) {
      throw CommandException.usage("not a probability: " + chaos);
    }
    try (FakeMailServer server = start()) {
      server.imap().chaos(chaos, seed);
      server.pop3().chaos(chaos, seed);
      wanted.forEach(fault -> fault.addTo(server));
      for (User user : known) {
        mails.deliverTo(server.user(user.name, user.password).token(user.password));
      }
      if (certificate != null) {
        Files.write(certificate, server.certificates().authorityPem());
      }
      Thread atEnd = new Thread(() -> tellUnmet(server, wanted));
      Runtime.getRuntime().addShutdownHook(atEnd);
      tell(server, known);
      try {
        new CountDownLatch(1).await();
      } finally {
        Runtime.getRuntime().removeShutdownHook(atEnd);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.OK;
  }

  /** A test whose fault did not happen has shown nothing. */
  private void tellUnmet(FakeMailServer server, List<WantedFault> wanted) {
    List<String> unmet =
        wanted.stream().map(fault -> fault.unmetBy(server)).flatMap(Optional::stream).toList();
    if (!unmet.isEmpty()) {
      terminal().err().println("never met: " + String.join(", ", unmet));
    }
  }

  private static User user(String text) {
    int colon = text.indexOf(':');
    if (colon < 1) {
      throw CommandException.usage("not USER:PASSWORD: " + text);
    }
    return new User(text.substring(0, colon), text.substring(colon + 1));
  }

  private FakeMailServer start() {
    FakeMailServer.Builder builder = FakeMailServer.builder().profile(profile);
    if (tls) {
      builder.imapsPort(imapPort).pop3sPort(pop3Port);
    } else {
      builder.imapPort(imapPort).pop3Port(pop3Port).clearTextLogins();
    }
    try {
      return builder.start();
    } catch (UncheckedIOException | IllegalArgumentException e) {
      throw CommandException.usage("cannot listen there: " + e.getMessage());
    }
  }

  private void tell(FakeMailServer server, List<User> known) throws IOException {
    List<String> urls = new ArrayList<>(List.of(server.imapUrl(), server.pop3Url()));
    urls.addAll(tls ? 0 : urls.size(), List.of(server.imapsUrl(), server.pop3sUrl()));
    List<String> names = known.stream().map(User::name).toList();
    if (isJson()) {
      printJson(
          json -> {
            Json.strings(json, "urls", urls);
            Json.strings(json, "users", names);
          });
    } else {
      urls.forEach(this::print);
      print("ready for " + SafeText.line(String.join(", ", names)));
    }
    terminal().out().flush();
  }
}

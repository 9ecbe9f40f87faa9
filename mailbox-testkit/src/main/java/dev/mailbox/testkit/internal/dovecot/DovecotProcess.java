// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.dovecot;

import dev.mailbox.testkit.internal.process.Ports;
import dev.mailbox.testkit.internal.process.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A Dovecot of our own. */
public final class DovecotProcess implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/dovecot");
  private static final List<Path> PROTOCOLS =
      List.of(Path.of("/usr/lib/dovecot/pop3"), Path.of("/usr/lib/dovecot/imap"));

  private final ServerProcess process;
  private final Path folder;

  private DovecotProcess(ServerProcess process) {
    this.process = process;
    this.folder = process.place().folder();
  }

  /** What is not installed of it, or an empty text. */
  public static String missing() {
    return Stream.concat(Stream.of(PROGRAM), PROTOCOLS.stream())
        .filter(file -> !Files.isExecutable(file))
        .map(file -> file + " is not installed")
        .findFirst()
        .orElse("");
  }

  /** Starts and waits until all ports answer. */
  public static DovecotProcess start(ServerProcess.Identity identity) {
    return new DovecotProcess(ServerProcess.start("Dovecot", place -> prepare(place, identity)));
  }

  public Ports ports() {
    return process.place().ports();
  }

  /** What Dovecot has written to its log so far. */
  public String log() {
    return process.log();
  }

  /** Adds a user, or changes the password of one; the next login sees it. */
  public Maildir addUser(String name, String password) {
    try {
      Path home = folder.resolve("mail").resolve(name);
      Users.put(folder.resolve("users"), name, password, home);
      return new Maildir(home, process.place().owner());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bounds what a user may put in; the next login sees it. */
  public void limitUser(String name, String password, long bytes) {
    try {
      Path home = folder.resolve("mail").resolve(name);
      Users.put(folder.resolve("users"), name, password, home, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.close();
  }

  private static ProcessBuilder prepare(ServerProcess.Place place, ServerProcess.Identity identity)
      throws IOException {
    Path folder = place.folder();
    place.makeFolders("run", "state", "mail", "users");
    place.owner().own(folder.resolve("mail"));
    Files.write(folder.resolve("cert.pem"), identity.chainPem());
    Files.write(folder.resolve("key.pem"), identity.privateKeyPem());
    Path config = new DovecotConfig(folder, place.owner(), place.ports()).write();
    return new ProcessBuilder(PROGRAM.toString(), "-F", "-c", config.toString());
  }
}

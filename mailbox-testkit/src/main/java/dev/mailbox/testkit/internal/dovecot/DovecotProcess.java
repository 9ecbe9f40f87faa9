// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.dovecot;

import dev.mailbox.testkit.internal.net.Await;
import dev.mailbox.testkit.internal.net.Loopback;
import dev.mailbox.testkit.internal.net.OpenServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A Dovecot of our own: its folder, its processes, and their end. */
public final class DovecotProcess implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/dovecot");
  private static final List<Path> PROTOCOLS =
      List.of(Path.of("/usr/lib/dovecot/pop3"), Path.of("/usr/lib/dovecot/imap"));
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int ATTEMPTS = 5;

  private final Path folder;
  private final Ports ports;
  private final Process process;
  private final MailUser owner;
  private final OpenServers.Entry registration;

  /** The server's certificate chain and private key in PEM. */
  public interface Identity {
    byte[] chainPem();

    byte[] privateKeyPem();
  }

  private DovecotProcess(Path folder, MailUser owner, Ports ports) throws IOException {
    this.folder = folder;
    this.owner = owner;
    this.ports = ports;
    Path config = new DovecotConfig(folder, owner, ports).write();
    this.process =
        new ProcessBuilder(PROGRAM.toString(), "-F", "-c", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.log").toFile())
            .start();
    this.registration = OpenServers.register("dovecot, POP3 port " + ports.pop3());
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
  public static DovecotProcess start(Identity identity) {
    try {
      for (int attempt = 1; ; attempt++) {
        DovecotProcess started = tryStart(identity);
        if (started.isReady()) {
          return started;
        }
        String log = started.log();
        started.close();
        // Another program may have taken a port between our look and Dovecot's bind.
        if (attempt == ATTEMPTS || !log.contains("Address already in use")) {
          throw new IllegalStateException("Dovecot did not start:\n" + log);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Ports ports() {
    return ports;
  }

  /** What Dovecot has written to its log so far. */
  public String log() {
    return read("output.log") + read("dovecot.log");
  }

  /** Adds a user, or changes the password of one; the next login sees it. */
  public Maildir addUser(String name, String password) {
    try {
      Path home = folder.resolve("mail").resolve(name);
      Users.put(folder.resolve("users"), name, password, home);
      return new Maildir(home, owner);
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

  /** Kills the processes, which have nothing to save, awaits them and removes the folder. */
  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    boolean ended =
        Await.until(
            () -> !process.isAlive() && children.stream().noneMatch(DovecotProcess::runs),
            PATIENCE);
    // A child that was being made at that moment is in no list; it ends by itself when it misses
    // its parent, and until then may still write and accept. Ports that answer for longer belong to
    // another program by now, which is no failure of ours.
    Await.until(() -> ports.all().noneMatch(DovecotProcess::answers), PATIENCE);
    boolean removed = Await.until(this::removeFolder, PATIENCE);
    registration.close();
    if ((!ended || !removed) && !Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("Dovecot in " + folder + " did not end");
    }
  }

  /** False also for one that has ended and only waits for its new parent to take notice. */
  private static boolean runs(ProcessHandle child) {
    return child.isAlive() && child.info().command().isPresent();
  }

  private static DovecotProcess tryStart(Identity identity) throws IOException {
    Path folder = Files.createTempDirectory(shortFolder(), "mailbox-dovecot-");
    MailUser owner = MailUser.of(folder);
    Files.setPosixFilePermissions(folder, Permissions.OPEN_FOLDER);
    for (String name : List.of("run", "state", "mail", "users")) {
      Files.createDirectory(folder.resolve(name));
      Files.setPosixFilePermissions(folder.resolve(name), Permissions.OPEN_FOLDER);
    }
    owner.own(folder.resolve("mail"));
    Files.write(folder.resolve("cert.pem"), identity.chainPem());
    Files.write(folder.resolve("key.pem"), identity.privateKeyPem());
    return new DovecotProcess(folder, owner, Ports.free());
  }

  /** Socket paths are limited to 107 bytes, which a build folder may exceed. */
  private static Path shortFolder() {
    Path system = Path.of("/tmp");
    return Files.isWritable(system) ? system : Path.of(System.getProperty("java.io.tmpdir"));
  }

  private boolean isReady() {
    boolean looked = Await.until(() -> !process.isAlive() || allPortsAnswer(), PATIENCE);
    return looked && process.isAlive();
  }

  private boolean allPortsAnswer() {
    return ports.all().allMatch(DovecotProcess::answers);
  }

  private static boolean answers(int port) {
    try (var socket = new Socket(Loopback.ADDRESS, port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private String read(String file) {
    try {
      Path path = folder.resolve(file);
      return Files.exists(path) ? Files.readString(path) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean removeFolder() {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
      return true;
    } catch (IOException | UncheckedIOException e) {
      return !Files.exists(folder);
    }
  }
}

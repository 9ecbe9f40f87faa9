// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.process;

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
import java.util.Locale;
import java.util.stream.Stream;

/** A server program of our own: its folder, its processes, and their end. */
public final class ServerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int ATTEMPTS = 5;

  private final String name;
  private final Place place;
  private final Process process;
  private final OpenServers.Entry registration;

  /** Where a server is to run: an empty folder, whose mail it is, and its ports. */
  public record Place(Path folder, MailUser owner, Ports ports) {

    /** Makes folders below that the server's processes may enter. */
    public void makeFolders(String... names) throws IOException {
      for (String each : names) {
        Path made = Files.createDirectory(folder.resolve(each));
        Files.setPosixFilePermissions(made, Permissions.OPEN_FOLDER);
      }
    }
  }

  /** Writes what the server needs and says how it is started in the foreground. */
  public interface Preparation {
    ProcessBuilder prepare(Place place) throws IOException;
  }

  /** The server's certificate chain and private key in PEM. */
  public interface Identity {
    byte[] chainPem();

    byte[] privateKeyPem();
  }

  private ServerProcess(String name, Place place, Process process) {
    this.name = name;
    this.place = place;
    this.process = process;
    this.registration =
        OpenServers.register(name.toLowerCase(Locale.ROOT) + ", POP3 port " + place.ports().pop3());
  }

  /**
   * Starts it and waits until all ports answer.
   *
   * @throws IllegalStateException with its log, when it does not start
   */
  public static ServerProcess start(String name, Preparation preparation) {
    try {
      for (int attempt = 1; ; attempt++) {
        ServerProcess started = tryStart(name, preparation);
        if (started.isReady()) {
          return started;
        }
        String log = started.log();
        started.close();
        // Another program may have taken a port between our look and the server's bind.
        if (attempt == ATTEMPTS || !log.contains("Address already in use")) {
          throw new IllegalStateException(name + " did not start:\n" + log);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Place place() {
    return place;
  }

  /** What it has written to its logs so far. */
  public String log() {
    return read("output.log") + read("server.log");
  }

  /** Kills the processes, which have nothing to save, awaits them and removes the folder. */
  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    boolean ended =
        Await.until(
            () -> !process.isAlive() && children.stream().noneMatch(ServerProcess::runs), PATIENCE);
    // A child that was being made at that moment is in no list; it ends by itself when it misses
    // its parent, and until then may still write and accept. Ports that answer for longer belong to
    // another program by now, which is no failure of ours.
    Await.until(() -> place.ports().all().noneMatch(ServerProcess::answers), PATIENCE);
    boolean removed = Await.until(() -> remove(place.folder()), PATIENCE);
    registration.close();
    if ((!ended || !removed) && !Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException(name + " in " + place.folder() + " did not end");
    }
  }

  /** False also for one that has ended and only waits for its new parent to take notice. */
  private static boolean runs(ProcessHandle child) {
    return child.isAlive() && child.info().command().isPresent();
  }

  private static ServerProcess tryStart(String name, Preparation preparation) throws IOException {
    String prefix = "mailbox-" + name.toLowerCase(Locale.ROOT) + "-";
    Path folder = Files.createTempDirectory(shortFolder(), prefix);
    try {
      var place = new Place(folder, MailUser.of(folder), Ports.free());
      Files.setPosixFilePermissions(folder, Permissions.OPEN_FOLDER);
      Process process =
          preparation
              .prepare(place)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("output.log").toFile())
              .start();
      return new ServerProcess(name, place, process);
    } catch (IOException e) {
      boolean unused = remove(folder);
      throw e;
    }
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
    return place.ports().all().allMatch(ServerProcess::answers);
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
      Path path = place.folder().resolve(file);
      return Files.exists(path) ? Files.readString(path) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean remove(Path folder) {
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

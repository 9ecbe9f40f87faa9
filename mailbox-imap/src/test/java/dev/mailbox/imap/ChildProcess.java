// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A main class in a Java process of its own, which can be killed at any moment. */
final class ChildProcess implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  private final Process process;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Thread reader = new Thread(this::read, "child-output");

  private ChildProcess(Process process) {
    this.process = process;
    reader.start();
  }

  static ChildProcess start(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.add("-Dorg.sqlite.tmpdir=target"); // One that is killed leaves a library there.
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    try {
      return new ChildProcess(
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Prints a line at once; for the child's side. */
  static void say(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.US_ASCII);
    System.out.write(bytes, 0, bytes.length);
    System.out.flush();
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      in.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      // The process was killed in the middle of a line, which then counts for nothing.
    }
  }

  /** Waits for a moment in the child's life, or for its end. */
  void await(BooleanSupplier moment) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (process.isAlive() && !moment.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the moment did not come; the child said " + lines);
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** Kills it as {@code kill -9} does, and gives what it had said. */
  List<String> kill() {
    process.destroyForcibly();
    return waitFor();
  }

  /** Waits for its end, and gives what it had said. */
  List<String> waitFor() {
    try {
      process.waitFor();
      reader.join();
      return List.copyOf(lines);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}

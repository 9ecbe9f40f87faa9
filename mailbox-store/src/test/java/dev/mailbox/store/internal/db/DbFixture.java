// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What the tests of the database have in common. */
final class DbFixture {
  private DbFixture() {}

  static Database open(Path directory) {
    return Database.open(directory, Duration.ZERO);
  }

  /** Starts a main class with the class path of the tests; its output can be read. */
  static Process java(Class<?> main, String... arguments) throws IOException {
    return command(main, arguments).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Starts one by way of a line of shell, which gets the command as its arguments. */
  static Process java(String shell, Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", shell, "sh"));
    ProcessBuilder builder = command(main, arguments);
    command.addAll(builder.command());
    return builder.command(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Starts one that is expected to fail. */
  static Process quietly(Class<?> main, String... arguments) throws IOException {
    return command(main, arguments).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static ProcessBuilder command(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    // One that is killed leaves a library there.
    command.addAll(List.of("-Dorg.sqlite.tmpdir=target", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  /** Waits until it holds, for at most ten seconds. */
  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        fail("it did not come true within ten seconds");
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  /** Waits for a latch without a checked exception. */
  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static void put(Sql sql, String name) {
    Meta.put(sql, name, "1");
  }

  static boolean has(Database database, String name) {
    return database.read(sql -> Meta.get(sql, name)).isPresent();
  }
}

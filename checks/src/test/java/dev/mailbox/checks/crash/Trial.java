// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.checks.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mailbox.checks.crash.PowerCut.Order;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A scenario from its beginning, on a server and in a directory of its own. Its program is run in
 * another process, may be disturbed there, and then runs again.
 */
final class Trial implements AutoCloseable {
  private final PowerCut powerCut;
  private final Scenario scenario;
  private final Path root;
  private final Scene scene;

  /**
   * How a program ended.
   *
   * @param exit its code, 128 + 9 if it was killed
   */
  record End(int exit, String output) {
    boolean wasKilled() {
      return exit == 137;
    }
  }

  /** What is in the end: here, and on the server. */
  record Outcome(Local local, List<String> held) {}

  /** Sets up the server and lets the program's past be. */
  Trial(PowerCut powerCut, Scenario scenario, Stage stage, Path root) {
    this.powerCut = powerCut;
    this.scenario = scenario;
    this.scene = new Scene(stage);
    this.root = root;
    try {
      Files.createDirectories(disk());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    scenario.setUp(scene);
    scenario.past(scene, scene.configAt(scene.port(), store()));
    scene.settle();
  }

  /** The directory of the store; the one above is watched as well. */
  Path store() {
    return root.resolve("disk").resolve("store");
  }

  Path disk() {
    return root.resolve("disk");
  }

  Path log() {
    return root.resolve("log");
  }

  Scene scene() {
    return scene;
  }

  /** Runs the program in a process of its own. */
  End run(Order order) {
    try {
      Files.deleteIfExists(log());
      Path output = root.resolve("output");
      ProcessBuilder builder =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-XX:-UsePerfData",
                  "-Xmx64m",
                  "-Dorg.sqlite.tmpdir=" + root, // A program that is killed leaves it there.
                  "-cp",
                  System.getProperty("java.class.path"),
                  Child.class.getName(),
                  scenario.name(),
                  Integer.toString(scene.port()),
                  store().toString())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      powerCut.prepare(builder.environment(), disk().toRealPath(), scene.port(), log(), order);
      Process process = builder.start();
      try {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
          throw new AssertionError("it does not end: " + Files.readString(output, UTF_8));
        }
      } finally {
        process.destroyForcibly();
      }
      scene.settle();
      return new End(process.exitValue(), Files.readString(output, UTF_8));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs the program in this process, with the server at that port. */
  void act(int port) {
    scenario.act(scene.configAt(port, store()));
    scene.settle();
  }

  Outcome outcome() {
    return new Outcome(Local.of(store()), scene.held());
  }

  /** The messages that are neither in that store nor on the server any more. */
  private List<String> lost(Local local) {
    List<String> lost = new ArrayList<>(scene.delivered());
    for (String each : local.raws()) {
      lost.remove(each);
    }
    for (String each : scene.held()) {
      lost.remove(each);
    }
    lost.removeIf(raw -> raw.contains("Subject: expendable"));
    return lost;
  }

  /**
   * Runs the program again, twice, and compares with what should be.
   *
   * @return what is wrong, in words
   */
  List<String> recover(Outcome expected) {
    List<String> problems = new ArrayList<>();
    lost(Local.of(store())).forEach(raw -> problems.add("lost: " + shown(raw)));
    act(scene.port());
    Outcome after = outcome();
    compare("here", expected.local.messages(), after.local.messages(), problems);
    compare("on the server", expected.held, after.held, problems);
    if (after.local.arrivals() != expected.local.arrivals()) {
      problems.add("told as new: " + after.local.arrivals() + ", not " + expected.local.arrivals());
    }
    act(scene.port());
    if (!outcome().equals(after)) {
      problems.add("one more run changes what is there");
    }
    return problems;
  }

  private static void compare(
      String where, List<String> expected, List<String> actual, List<String> problems) {
    List<String> missing = new ArrayList<>(expected);
    actual.forEach(missing::remove);
    List<String> more = new ArrayList<>(actual);
    expected.forEach(more::remove);
    missing.forEach(raw -> problems.add("missing " + where + ": " + shown(raw)));
    more.forEach(raw -> problems.add("too much " + where + ": " + shown(raw)));
  }

  private static String shown(String raw) {
    return raw.length() > 150 ? raw.substring(0, 150) + "..." : raw;
  }

  /** Runs the program undisturbed, and returns where that leads. */
  Outcome undisturbed() {
    act(scene.port());
    Outcome outcome = outcome();
    List<String> problems = recover(outcome);
    List<String> more = new ArrayList<>(outcome.local.raws());
    scene.delivered().forEach(more::remove);
    more.retainAll(scene.delivered());
    more.forEach(raw -> problems.add("twice: " + shown(raw)));
    if (!problems.isEmpty()) {
      throw new AssertionError("it is not as it should be by itself: " + problems);
    }
    return outcome;
  }

  @Override
  public void close() {
    scene.close();
    delete(root);
  }

  private static void delete(Path directory) {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

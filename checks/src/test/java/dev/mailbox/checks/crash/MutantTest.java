// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.checks.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bugs that are known are found. */
@Tag("long")
@Execution(ExecutionMode.CONCURRENT)
class MutantTest {
  private static final int FOUND = 5;

  @TempDir private Path directory;

  @BeforeAll
  static void compile() {
    PowerCut unused = PowerCut.compiledOrSkip();
  }

  /** The suite, as a program whose class path begins with the bug. */
  static final class Suite {
    private Suite() {}

    /** Arguments: the mutant, and a directory. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) {
      Mutant mutant = Mutant.valueOf(args[0]);
      List<String> problems =
          new Series(
                  PowerCut.compiledOrSkip(),
                  mutant.scenario(),
                  mutant.disturbance(),
                  Path.of(args[1]),
                  mutant.every())
              .untilTheFirst()
              .run();
      problems.forEach(System.out::println);
      System.exit(problems.isEmpty() ? 0 : FOUND);
    }
  }

  @ParameterizedTest
  @EnumSource
  void isFound(Mutant mutant) throws Exception {
    Path classes = Files.createDirectories(directory.resolve("classes"));
    mutant.compileInto(classes);
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes + File.pathSeparator + System.getProperty("java.class.path"),
                Suite.class.getName(),
                mutant.name(),
                directory.resolve("series").toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(output, UTF_8)).isEqualTo(FOUND);
  }
}

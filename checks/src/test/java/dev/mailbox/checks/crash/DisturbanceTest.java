// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.checks.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Programs that are disturbed lose nothing, have nothing twice, and go on when they are run again.
 * A sample of all places where they can be; {@code docs/durability.md} tells how to run all.
 */
@Tag("long")
@Execution(ExecutionMode.CONCURRENT)
class DisturbanceTest {
  /** Those whose names match are run, so that all can be run in parts. */
  private static final Pattern ONLY = Pattern.compile(System.getProperty("crash.only", ".*"));

  private static PowerCut powerCut;

  @TempDir private Path directory;

  @BeforeAll
  static void compile() {
    powerCut = PowerCut.compiledOrSkip();
  }

  static Stream<Arguments> all() {
    return Stream.of(Scenario.values())
        .flatMap(
            scenario ->
                scenario.disturbances().stream()
                    .filter(disturbance -> ONLY.matcher(disturbance + " " + scenario).matches())
                    .map(disturbance -> Arguments.of(scenario, disturbance)));
  }

  @ParameterizedTest
  @MethodSource("all")
  @SuppressWarnings("SystemOut")
  void nothingIsLostOrTwice(Scenario scenario, Disturbance disturbance) {
    Series series = new Series(powerCut, scenario, disturbance, directory, Series.EVERY);

    assertThat(series.run()).isEmpty();

    assertThat(series.count()).isPositive();
    System.out.println(disturbance + " " + scenario + " " + series.count());
  }
}

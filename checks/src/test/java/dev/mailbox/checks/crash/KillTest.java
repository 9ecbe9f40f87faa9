// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.checks.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.checks.crash.PowerCut.Order;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The program is killed before each system call that changes a file or speaks to the server, and
 * runs again. A sample of these unless {@code -Dcrash.every=1} is said.
 */
class KillTest {
  private static final int EVERY = Integer.getInteger("crash.every", 40);
  private static PowerCut powerCut;

  @TempDir private Path directory;

  @BeforeAll
  static void compile() {
    powerCut = PowerCut.compiledOrSkip();
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsLostOrTwice(Scenario scenario) {
    Trial.Outcome expected =
        Trial.undisturbed(powerCut, scenario, directory.resolve("undisturbed"));
    List<String> problems = new ArrayList<>();
    int kills = 0;
    boolean ends = false;
    for (int at = 1 + Math.floorMod(scenario.name().hashCode(), EVERY); !ends; at += EVERY) {
      Order order = kills % 3 == 2 ? Order.tear(at) : Order.kill(at);
      try (Trial trial = new Trial(powerCut, scenario, directory.resolve("at" + at))) {
        Trial.End end = trial.run(order);
        ends = !end.wasKilled();
        if (!ends) {
          kills++;
        } else if (end.exit() != Child.DONE) {
          problems.add("at " + at + " it ended with " + end);
        }
        for (String problem : trial.recover(expected)) {
          problems.add(order + ": " + problem);
        }
      }
    }
    System.out.println(scenario + ": killed " + kills + " times");
    assertThat(problems).isEmpty();
    assertThat(kills).isPositive();
  }
}

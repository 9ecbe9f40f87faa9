// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.checks.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.checks.crash.PowerCut.DiskError;
import dev.mailbox.checks.crash.PowerCut.Order;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * System calls that change files fail, one of them or all from one on: the program is told so by an
 * exception of the API, loses nothing, and goes on when the disk is well again.
 */
class DiskFaultTest {
  private static final int EVERY = Integer.getInteger("crash.every", 40);
  private static PowerCut powerCut;

  @TempDir private Path directory;

  @BeforeAll
  static void compile() {
    powerCut = PowerCut.compiledOrSkip();
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "FIRST_DOWNLOAD",
        "LARGE_MESSAGE",
        "POLICY_CHANGES",
        "QUIT_IS_NOT_DONE",
        "LOCAL_ACTIONS",
        "DELETED_ON_REQUEST"
      })
  void isToldAndLosesNothing(Scenario scenario) {
    Trial.Outcome expected =
        Trial.undisturbed(powerCut, scenario, directory.resolve("undisturbed"));
    List<String> problems = new ArrayList<>();
    int faults = 0;
    boolean ends = false;
    for (int at = 1 + Math.floorMod(scenario.name().hashCode(), EVERY); !ends; at += EVERY) {
      ends = true;
      for (DiskError error : DiskError.values()) {
        for (boolean lasts : new boolean[] {false, true}) {
          Order order = Order.fail(error, at, lasts);
          try (Trial trial = new Trial(powerCut, scenario, directory.resolve("at" + at))) {
            Trial.End end = trial.run(order);
            if (!end.output().contains(Child.DISTURBED)) {
              continue;
            }
            ends = false;
            faults++;
            if (end.exit() != Child.TOLD && end.exit() != Child.DONE) {
              problems.add(order + " ended with " + end);
            }
            for (String problem : trial.recover(expected)) {
              problems.add(order + ": " + problem + "; " + end);
            }
          }
        }
      }
    }
    System.out.println(scenario + ": failed " + faults + " times");
    assertThat(problems).isEmpty();
    assertThat(faults).isPositive();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.checks.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.MailboxException;
import dev.mailbox.testkit.proxy.Closing;
import dev.mailbox.testkit.proxy.Direction;
import dev.mailbox.testkit.proxy.FaultProxy;
import dev.mailbox.testkit.proxy.ProxyFault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The line to the server is cut behind each byte, in either direction, by FIN and by RST, and the
 * program runs again. A sample of these unless {@code -Dcrash.every=1} is said.
 */
class ByteCutTest {
  private static final int EVERY = Integer.getInteger("crash.every", 40);

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(
      names = {
        "FIRST_DOWNLOAD",
        "SECOND_DOWNLOAD",
        "POLICY_CHANGES",
        "POLICY_CHANGES_WITHOUT_TOP",
        "DELETED_ON_REQUEST",
        "DELETED_WHEN_OLD",
        "QUIT_IS_NOT_DONE",
        "ANSWER_TO_QUIT_IS_LOST",
        "NO_UIDL",
        "SAME_UIDLS",
        "NO_PIPELINING",
        "KEPT_ON_THE_SERVER",
        "SIZES_ARE_WRONG",
        "HEADERS_FIRST"
      })
  void nothingIsLostOrTwice(Scenario scenario) {
    Trial.Outcome expected = Trial.undisturbed(null, scenario, directory.resolve("undisturbed"));
    List<String> problems = new ArrayList<>();
    int cuts = 0;
    for (Direction direction : Direction.values()) {
      boolean wasCut = true;
      for (int at = Math.floorMod(scenario.name().hashCode(), EVERY); wasCut; at += EVERY) {
        Closing closing = cuts % 2 == 0 ? Closing.FIN : Closing.RESET;
        try (Trial trial = new Trial(null, scenario, directory.resolve(direction + "" + at));
            FaultProxy proxy = FaultProxy.to(trial.scene().port())) {
          proxy.next(ProxyFault.cut(direction, at, closing));
          try {
            scenario.act(Scene.config(proxy.port(), trial.store()));
          } catch (MailboxException e) {
            // It is told that the line broke, unless it went on by another connection.
          }
          wasCut = proxy.cuts() > 0;
          cuts += wasCut ? 1 : 0;
          trial.scene().settle();
          for (String problem : trial.recover(expected)) {
            problems.add(direction + " " + at + " " + closing + ": " + problem);
          }
        }
      }
    }
    System.out.println(scenario + ": cut " + cuts + " times");
    assertThat(problems).isEmpty();
    assertThat(cuts).isPositive();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.checks.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.checks.crash.Disk.Fate;
import dev.mailbox.checks.crash.PowerCut.Order;
import dev.mailbox.checks.crash.Trace.Call;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The power goes away. What a program that is killed has written is still there, since the kernel
 * has it; so a kill says nothing about {@code fsync}. Here the calls of an undisturbed run are
 * written down, and of each moment a disk is made that keeps only what it had to.
 */
class PowerLossTest {
  private static final int EVERY = Integer.getInteger("crash.every", 40);
  private static final Pattern DELETION = Pattern.compile("DELE ([0-9]+)\r\n");
  private static PowerCut powerCut;

  @TempDir private Path directory;

  @BeforeAll
  static void compile() {
    powerCut = PowerCut.compiledOrSkip();
  }

  @ParameterizedTest
  @EnumSource
  void whatTheServerMayDeleteIsOnTheDisk(Scenario scenario) {
    List<String> problems = new ArrayList<>();
    int losses = 0;
    try (Trial trial = new Trial(powerCut, scenario, directory.resolve("trial"))) {
      List<String> maildrop = trial.scene().maildropNow();
      Disk disk = Disk.of(trial.disk());
      Trial.End end = trial.run(Order.NONE);
      assertThat(end.exit()).as(end.output()).isEqualTo(Child.DONE);
      Set<String> gone = new TreeSet<>();
      int at = 0;
      for (Call call : Trace.read(trial.log()).calls()) {
        at++;
        if (call.kind() == 'S') {
          DELETION
              .matcher(call.text())
              .results()
              .map(found -> maildrop.get(Integer.parseInt(found.group(1)) - 1))
              .filter(raw -> !raw.contains("Subject: expendable"))
              .forEach(gone::add);
        }
        if (call.asksForDeletion() || at % EVERY == 0) {
          for (Fate fate : Fate.values()) {
            losses++;
            Path left = directory.resolve(at + "-" + fate);
            disk.writeTo(left, fate, at);
            Set<String> missing = new TreeSet<>(gone);
            Local.of(left.resolve("store")).raws().forEach(missing::remove);
            for (String raw : missing) {
              problems.add("at call " + at + ", " + fate + ": lost " + raw);
            }
          }
        }
        disk.take(call);
      }
    }
    System.out.println(scenario + ": lost its power " + losses + " times");
    assertThat(problems).isEmpty();
  }
}

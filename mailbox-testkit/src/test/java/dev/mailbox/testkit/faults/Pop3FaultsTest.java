// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.testkit.FakePop3;
import dev.mailbox.testkit.fault.Faults;
import dev.mailbox.testkit.fault.NamedFault;
import dev.mailbox.testkit.faults.Trial.Check;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each named fault of POP3, as it is on the wire. */
class Pop3FaultsTest {
  private static final Map<String, Check> CHECKS = new HashMap<>();

  static {
    Pop3SessionChecks.addTo(CHECKS);
    Pop3ListChecks.addTo(CHECKS);
    Pop3MessageChecks.addTo(CHECKS);
  }

  @ParameterizedTest
  @MethodSource("dev.mailbox.testkit.fault.Faults#pop3")
  void isSeenAndIsTheSameEachTime(NamedFault fault) throws IOException {
    assertThat(heardOf(fault)).isEqualTo(heardOf(fault));
  }

  @Test
  void eachFaultHasACheckAndEachCheckAFault() {
    assertThat(Faults.pop3().stream().map(NamedFault::name))
        .doesNotHaveDuplicates()
        .hasSizeGreaterThanOrEqualTo(60)
        .containsExactlyInAnyOrderElementsOf(CHECKS.keySet());
  }

  private static String heardOf(NamedFault fault) throws IOException {
    try (var trial = new Trial()) {
      FakePop3 unused = trial.server().pop3().on(fault).once().meet(fault.fault());
      Objects.requireNonNull(CHECKS.get(fault.name()), "no check").see(trial);
      Trial.assertUsed(() -> trial.server().pop3().verify());
      return trial.heard();
    }
  }
}

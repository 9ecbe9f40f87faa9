// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.testkit.FakeImap;
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

/** Each named fault of IMAP, as it is on the wire. */
class ImapFaultsTest {
  private static final Map<String, Check> CHECKS = new HashMap<>();

  static {
    ImapSessionChecks.addTo(CHECKS);
    ImapFolderChecks.addTo(CHECKS);
    ImapFetchChecks.addTo(CHECKS);
    ImapChangeChecks.addTo(CHECKS);
  }

  @ParameterizedTest
  @MethodSource("dev.mailbox.testkit.fault.Faults#imap")
  void isSeenAndIsTheSameEachTime(NamedFault fault) throws IOException {
    assertThat(heardOf(fault)).isEqualTo(heardOf(fault));
  }

  @Test
  void eachFaultHasACheckAndEachCheckAFault() {
    assertThat(Faults.imap().stream().map(NamedFault::name))
        .doesNotHaveDuplicates()
        .hasSizeGreaterThanOrEqualTo(60)
        .containsExactlyInAnyOrderElementsOf(CHECKS.keySet());
  }

  private static String heardOf(NamedFault fault) throws IOException {
    try (var trial = new Trial()) {
      FakeImap unused = trial.server().imap().on(fault).once().meet(fault.fault());
      Objects.requireNonNull(CHECKS.get(fault.name()), "no check").see(trial);
      Trial.assertUsed(() -> trial.server().imap().verify());
      return trial.heard();
    }
  }
}

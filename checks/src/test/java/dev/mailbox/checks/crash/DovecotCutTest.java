// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.checks.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.testkit.DovecotServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The line to a real server is cut, where the scenario needs nothing that only a fake can do. */
@Tag("long")
@Execution(ExecutionMode.CONCURRENT)
class DovecotCutTest {
  private static PowerCut powerCut;
  private static DovecotServer server;

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    powerCut = PowerCut.compiledOrSkip();
    server = DovecotServer.startOrSkip();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "FIRST_DOWNLOAD",
        "SECOND_DOWNLOAD",
        "POLICY_CHANGES",
        "DELETED_ON_REQUEST",
        "HEADERS_FIRST"
      })
  @SuppressWarnings("SystemOut")
  void nothingIsLostOrTwice(Scenario scenario) {
    Series series =
        new Series(powerCut, scenario, Disturbance.BYTE_CUT, directory, Series.EVERY)
            .on(() -> new DovecotStage(server));

    assertThat(series.run()).isEmpty();

    assertThat(series.count()).isPositive();
    System.out.println("BYTE_CUT on Dovecot " + scenario + " " + series.count());
  }
}

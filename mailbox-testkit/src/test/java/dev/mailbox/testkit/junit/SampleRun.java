// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Classes of tests as JUnit runs them, and what came of each test and class by its name. */
final class SampleRun {
  private final EngineExecutionResults results;

  private SampleRun(boolean parallel, Class<?>... classes) {
    results =
        EngineTestKit.engine("junit-jupiter")
            .selectors(
                Arrays.stream(classes)
                    .map(DiscoverySelectors::selectClass)
                    .toArray(DiscoverySelector[]::new))
            .configurationParameter(
                "junit.jupiter.execution.parallel.enabled", String.valueOf(parallel))
            .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
            .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
            .configurationParameter(
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "4")
            .execute();
  }

  static SampleRun of(Class<?>... classes) {
    return new SampleRun(false, classes);
  }

  static SampleRun inParallel(Class<?>... classes) {
    return new SampleRun(true, classes);
  }

  /** Expects that so many tests passed and nothing failed. */
  void passed(int tests) {
    assertThat(failures()).isEmpty();
    assertThat(results.testEvents().succeeded().count()).isEqualTo(tests);
  }

  /** What failed, tests and classes, by display name. */
  Map<String, Throwable> failures() {
    Map<String, Throwable> failures = new TreeMap<>();
    for (Event event : results.allEvents().finished().list()) {
      event
          .getPayload(TestExecutionResult.class)
          .flatMap(TestExecutionResult::getThrowable)
          .ifPresent(failure -> failures.put(event.getTestDescriptor().getDisplayName(), failure));
    }
    return failures;
  }

  /** How many tests were given up. */
  long aborted() {
    return results.testEvents().aborted().count();
  }

  Throwable failure() {
    assertThat(failures()).hasSize(1);
    return failures().values().iterator().next();
  }

  /** What a report shows of the failure beside its own message. */
  static List<String> suppressed(Throwable failure) {
    return Arrays.stream(failure.getSuppressed()).map(Throwable::getMessage).toList();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked for each message must not look at all messages of its folder. */
class QueryPlanTest {
  @Test
  void messageWhoseKeyIsNotKnownIsLookedForByItsContent(@TempDir Path directory) {
    try (Database database = Database.open(directory, Duration.ZERO)) {
      List<String> plan =
          database.read(
              sql ->
                  sql.list(
                      "EXPLAIN QUERY PLAN " + Placements.NAMELESS,
                      r -> r.getString(4),
                      new byte[20],
                      1,
                      1,
                      new byte[32]));

      assertThat(plan.get(0)).contains("content_identity");
      assertThat(plan).noneMatch(step -> step.contains("placement_order"));
    }
  }
}

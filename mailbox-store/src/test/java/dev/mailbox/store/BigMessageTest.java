// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BigMessageTest {
  private static final long SIZE = 300L * 1000 * 1000;

  @Test
  void largeMessageNeedsLittleMemory(@TempDir Path directory) {
    try (ChildProcess child =
        ChildProcess.start(
            BigMessageProgram.class,
            List.of("-Xmx64m", "-XX:TieredStopAtLevel=4"),
            directory.toString(),
            String.valueOf(SIZE))) {
      assertThat(child.waitFor()).isZero();
      List<String> lines = child.lines();
      assertThat(lines).hasSize(3);
      assertThat(lines.get(0)).isEqualTo(String.valueOf(SIZE));
      assertThat(lines.get(2)).isEqualTo(lines.get(1));
    }
  }
}

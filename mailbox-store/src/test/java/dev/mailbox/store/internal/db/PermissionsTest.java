// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class PermissionsTest {
  private static Map<String, String> modes(Path directory) throws IOException {
    Map<String, String> modes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path path : files.toList()) {
        modes.put(
            directory.relativize(path).toString(),
            PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
      }
    }
    return modes;
  }

  @Test
  void onlyTheOwnerMayReadWhateverTheUmask(@TempDir Path root)
      throws IOException, InterruptedException {
    Path directory = root.resolve("parent/store");
    Process holder =
        DbFixture.java("umask 000; exec \"$@\"", LockHolder.class, directory.toString());
    try {
      assertThat(holder.getInputStream().read()).isEqualTo('\n');
      Map<String, String> modes = modes(directory);
      assertThat(modes)
          .containsOnlyKeys("", "lock", "owner", "mailbox.db", "mailbox.db-wal", "mailbox.db-shm");
      assertThat(modes.remove("")).isEqualTo("rwx------");
      assertThat(modes.values()).containsOnly("rw-------");
      assertThat(modes(root)).containsEntry("parent", "rwx------");
    } finally {
      holder.destroyForcibly().waitFor();
    }
  }

  @Test
  void modeOfADirectoryThatExistsIsLeft(@TempDir Path root) throws IOException {
    Path directory = Files.createDirectory(root.resolve("shared"));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-x---"));
    DbFixture.open(directory).close();
    assertThat(modes(root)).containsEntry("shared", "rwxr-x---");
    assertThat(modes(directory).get("mailbox.db")).isEqualTo("rw-------");
  }

  @Test
  void directoryAboveNeedNotBeReadable(@TempDir Path root)
      throws IOException, InterruptedException {
    Path hidden = Files.createDirectory(root.resolve("hidden"));
    Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("-wx------"));
    // Root reads what it likes, unless that is taken from it.
    String asAnybody =
        "less='--bounding-set=-dac_override,-dac_read_search'; "
            + "[ $(id -u) != 0 ] || ! setpriv $less true || exec setpriv $less \"$@\"; exec \"$@\"";
    Process holder =
        DbFixture.java(asAnybody, LockHolder.class, hidden.resolve("store").toString());
    try {
      assertThat(holder.getInputStream().read()).isEqualTo('\n');
    } finally {
      holder.destroyForcibly().waitFor();
      Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("rwx------"));
    }
  }
}

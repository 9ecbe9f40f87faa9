// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Reason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

final class IoFailuresTest {
  @Test
  void aFullDiskIsToldByTheSystemsWords() {
    assertThat(IoFailures.reason(new IOException("No space left on device")))
        .isEqualTo(Reason.DISK_FULL);
    assertThat(IoFailures.reason(new FileSystemException("f", null, "Disk quota exceeded")))
        .isEqualTo(Reason.DISK_FULL);
    assertThat(IoFailures.reason(new IOException("There is not enough space on the disk")))
        .isEqualTo(Reason.DISK_FULL);
  }

  @Test
  void aFolderThatIsBarredIsUnreadable() {
    assertThat(IoFailures.reason(new AccessDeniedException("f")))
        .isEqualTo(Reason.STORE_UNREADABLE);
    assertThat(IoFailures.reason(new NoSuchFileException("f"))).isEqualTo(Reason.STORE_UNREADABLE);
    assertThat(IoFailures.reason(new FileSystemException("f", null, "Read-only file system")))
        .isEqualTo(Reason.STORE_UNREADABLE);
  }

  @Test
  void anythingElseHasFailed() {
    assertThat(IoFailures.reason(new IOException())).isEqualTo(Reason.STORE_FAILED);
    assertThat(IoFailures.unwritable("f", new IOException("odd")))
        .hasMessage("Cannot write f: odd (IOException)");
  }
}

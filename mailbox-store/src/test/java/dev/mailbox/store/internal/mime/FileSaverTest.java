// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mailbox.Reason;
import dev.mailbox.StoreException;
import dev.mailbox.content.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileSaverTest {
  private final Path directory;

  FileSaverTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private static Part attachment(String name, String body) {
    return Mails.multipart("mixed", Mails.part("application/x; name=\"" + name + "\"", body))
        .attachments()
        .get(0);
  }

  private static List<String> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void theDirectoryIsMadeAndTheFileIsThere() throws IOException {
    Path saved = attachment("a.txt", "text").saveTo(directory.resolve("x/y"));
    assertThat(saved).isEqualTo(directory.resolve("x/y/a.txt")).hasContent("text");
    assertThat(files(directory.resolve("x/y"))).containsExactly("a.txt");
  }

  @Test
  void aFileThatIsThereIsNeverOverwritten() throws IOException {
    Files.writeString(directory.resolve("a.txt"), "old");
    Files.createDirectory(directory.resolve("a (1).txt"));
    Files.createSymbolicLink(directory.resolve("a (2).txt"), directory.resolve("nowhere"));
    Path saved = attachment("a.txt", "new").saveTo(directory);
    assertThat(saved).hasFileName("a (3).txt").hasContent("new");
    assertThat(directory.resolve("a.txt")).hasContent("old");
    assertThat(directory.resolve("nowhere")).doesNotExist();
  }

  @Test
  void theDirectoryMayBeALinkToOne() throws IOException {
    Path real = Files.createDirectory(directory.resolve("real"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), real);
    assertThat(attachment("a.txt", "text").saveTo(link)).hasContent("text");
    assertThat(files(real)).containsExactly("a.txt");
  }

  @Test
  void onlyTheOwnerMayReadTheFile() throws IOException {
    Path saved = attachment("a.txt", "text").saveTo(directory);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(saved)))
        .isEqualTo("rw-------");
  }

  @Test
  void theFileLandsInTheDirectoryWhateverItsName() {
    Path inner = directory.resolve("inner");
    Path saved = attachment("../../evil.sh", "text").saveTo(inner);
    assertThat(saved).isEqualTo(inner.resolve("evil.sh"));
    assertThat(directory.resolve("evil.sh")).doesNotExist();
  }

  @Test
  void manyAtOnceGetANameEach() throws IOException, InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Path>> saving =
          IntStream.range(0, 100)
              .mapToObj(i -> threads.submit(() -> attachment("a.txt", "n" + i).saveTo(directory)))
              .toList();
      for (int i = 0; i < 100; i++) {
        assertThat(saving.get(i).get()).hasContent("n" + i);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(files(directory)).hasSize(100);
  }

  @Test
  void aDirectoryThatIsAFileIsUnwritable() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> attachment("a.txt", "text").saveTo(file))
        .withMessageContaining(file.toString());
  }

  @Test
  void aFailureWhileReadingLeavesNoFile() throws IOException {
    byte[] message = Mails.bytes("Content-Type: application/x; name=a.bin\n\nbody");
    FailingSource source = new FailingSource(message);
    Part part = MimeContent.of(source).root();
    source.fails = true;
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> part.saveTo(directory))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.DISK_FULL));
    assertThat(files(directory)).isEmpty();
  }

  private static final class FailingSource implements RawSource {
    private final byte[] message;
    private boolean fails;

    FailingSource(byte[] message) {
      this.message = message;
    }

    @Override
    public InputStream open() {
      return new BytesSource(message).open();
    }

    @Override
    public InputStream open(long offset) {
      return fails ? new FailingStream() : new BytesSource(message).open(offset);
    }

    @Override
    public long sizeInBytes() {
      return message.length;
    }
  }

  private static final class FailingStream extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("No space left on device");
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      throw new IOException("No space left on device");
    }
  }
}

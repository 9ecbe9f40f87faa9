// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** The scripts beside these classes. */
final class ScriptFiles {
  private ScriptFiles() {}

  /** The names of the protocol's scripts, without their ends, sorted. */
  static Stream<String> names(String protocol) {
    try {
      var folder = Objects.requireNonNull(ScriptFiles.class.getResource(protocol));
      try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
        return files
            .map(file -> file.getFileName().toString().replace(".txt", ""))
            .sorted()
            .toList()
            .stream();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A script, its texts with one char for each byte. */
  static Script parse(String protocol, String name, String server) {
    String file = protocol + "/" + name + ".txt";
    try (InputStream in = ScriptFiles.class.getResourceAsStream(file)) {
      String text = new String(Objects.requireNonNull(in, file).readAllBytes(), ISO_8859_1);
      return ScriptParser.parse(file, text.lines().toList(), server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

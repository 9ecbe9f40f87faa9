// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.cyrus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Debian's packages of Cyrus and of the libraries that it needs, unpacked in a folder. */
final class CyrusFiles {
  private static final Path PROGRAMS = Path.of("usr", "lib", "cyrus", "bin");
  private static final List<String> NAMES = List.of("master", "imapd", "pop3d", "idled");

  private final Path home;

  CyrusFiles(Path home) {
    this.home = home;
  }

  /** What is not there, or an empty text. */
  String missing() {
    return NAMES.stream()
        .map(home.resolve(PROGRAMS)::resolve)
        .filter(file -> !Files.isExecutable(file))
        .map(file -> file + " is not there")
        .findFirst()
        .orElse("");
  }

  /** Copies the programs to where any user may run them. */
  void copyPrograms(Path to) throws IOException {
    for (String name : NAMES) {
      Path unused = Files.copy(home.resolve(PROGRAMS).resolve(name), to.resolve(name));
    }
  }

  /** Copies the libraries, and the mechanisms of SASL, which are found in the same way. */
  void copyLibraries(Path to) throws IOException {
    for (Path root : List.of(home.resolve("lib"), home.resolve("usr").resolve("lib"))) {
      if (Files.isDirectory(root)) {
        try (Stream<Path> all = Files.find(root, 3, (path, type) -> isLibrary(path))) {
          for (Path each : all.toList()) {
            Path target = to.resolve(each.getFileName());
            if (!Files.exists(target)) {
              Path unused = Files.copy(each, target);
            }
          }
        }
      }
    }
  }

  private static boolean isLibrary(Path path) {
    return path.getFileName().toString().contains(".so") && Files.isRegularFile(path);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The programs in the README are those that tests run. Before each stands a comment with the file
 * that it was copied from; indentation and empty lines may differ, and imports may be left out.
 */
class ReadmeTest {
  private static final Path ROOT = root();
  private static final Pattern PROGRAM =
      Pattern.compile("(?:<!-- from: (\\S+) -->\\n)?```java\\n(.*?)```", Pattern.DOTALL);

  /** Tests run in the module's directory, or in an IDE in the root's. */
  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("README.md"))
        ? here
        : Objects.requireNonNull(here.getParent());
  }

  /** A program in the README; the file is empty if the README does not name it. */
  record Program(String file, String text) {
    @Override
    public String toString() {
      return file;
    }
  }

  static Stream<Program> programs() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    return PROGRAM.matcher(readme).results().map(ReadmeTest::program).toList().stream();
  }

  private static Program program(MatchResult found) {
    String file = found.group(1) == null ? "" : found.group(1);
    return new Program(file, found.group(2));
  }

  @Test
  void thereArePrograms() throws IOException {
    assertThat(programs()).hasSizeGreaterThanOrEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("programs")
  void aProgramIsPartOfTheFileThatItNames(Program program) throws IOException {
    assertThat(program.file()).as("the comment before:\n" + program.text()).isNotEmpty();
    String source = Files.readString(ROOT.resolve(program.file()));

    assertThat(lines(source)).containsSequence(code(lines(program.text())));
    assertThat(lines(source)).containsAll(lines(program.text()));
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  /** The lines after the imports. */
  private static List<String> code(List<String> lines) {
    List<String> code = new ArrayList<>(lines);
    code.removeIf(line -> line.startsWith("import "));
    return code;
  }

  @Test
  void theRecipesInTheTableAreThose() throws IOException {
    Path recipes = ROOT.resolve("examples/src/main/java/dev/mailbox/examples/recipes");
    String readme = Files.readString(ROOT.resolve("README.md"));
    try (Stream<Path> files = Files.list(recipes)) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString().replace(".java", ""))
              .filter(name -> !name.equals("package-info"))
              .toList();
      assertThat(names).isNotEmpty().allMatch(name -> readme.contains("| `" + name + "` |"));
    }
  }
}

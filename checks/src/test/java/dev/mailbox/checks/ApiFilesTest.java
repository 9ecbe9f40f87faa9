// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledOnJre;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The exported signatures of each module are those in its api.txt. Like the compiler's gates this
 * is checked on one JDK, because others write some signatures in another way.
 */
@EnabledOnJre(JRE.JAVA_17)
class ApiFilesTest {
  static final List<String> PUBLISHED = Project.PUBLISHED;

  @ParameterizedTest
  @FieldSource("PUBLISHED")
  void exportedSignaturesAreThoseInTheFile(String module) throws Exception {
    Path file = Project.root().resolve(module).resolve("api.txt");
    List<String> signatures =
        Signatures.of(Project.root().resolve(module).resolve("target/classes"));
    if (Boolean.getBoolean("api.update")) {
      Files.write(file, signatures);
    }

    assertThat(signatures)
        .as("changed on purpose? run the tests with -Dapi.update=true, and commit " + file)
        .isEqualTo(Files.readAllLines(file));
  }
}

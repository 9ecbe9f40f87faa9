// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.testkit.fault.Faults;
import dev.mailbox.testkit.fault.NamedFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The documentation lists what there is. */
class CatalogueDocsTest {
  private static final Path DOCS = Path.of("..", "docs", "testing.md");

  @Test
  void tableOfFaultsIsTheCatalogue() throws IOException {
    String docs = Files.readString(DOCS);
    for (List<NamedFault> faults : List.of(Faults.imap(), Faults.pop3())) {
      String table = table(faults);
      assertThat(docs.contains(table))
          .as("docs/testing.md has exactly this table:%n%s", table)
          .isTrue();
    }
  }

  private static String table(List<NamedFault> faults) {
    Map<List<String>, List<NamedFault>> groups =
        faults.stream()
            .collect(
                Collectors.groupingBy(
                    NamedFault::commands, LinkedHashMap::new, Collectors.toList()));
    return groups.entrySet().stream()
        .map(e -> "| " + code(e.getKey()) + " | " + code(names(e.getValue())) + " |\n")
        .collect(Collectors.joining());
  }

  private static List<String> names(List<NamedFault> faults) {
    return faults.stream().map(NamedFault::name).toList();
  }

  private static String code(List<String> words) {
    return words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
  }
}

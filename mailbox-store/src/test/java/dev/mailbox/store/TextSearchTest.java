// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import static dev.mailbox.search.Query.not;
import static dev.mailbox.search.Query.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.search.Query;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextSearchTest {
  private Mailbox mailbox;

  @BeforeEach
  void open(@TempDir Path directory) {
    mailbox = StoreFixture.offline(directory);
    add("first", "The quick brown fox and the lazy dog. Price: 42 EUR.");
    add("second", "Café crème à la carte; naïve Größe.");
    add("third", "colour: red-green NEAR the sea, not OR but and.");
  }

  @AfterEach
  void close() {
    mailbox.close();
  }

  private void add(String subject, String body) {
    byte[] bytes = ("\r\n" + body + "\r\n").getBytes(StandardCharsets.UTF_8);
    String head =
        StoreFixture.mail(subject, "").strip()
            + "\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n"
            + "Content-Transfer-Encoding: 8bit\r\n";
    StoreFixture.append(mailbox.inbox(), head + new String(bytes, StandardCharsets.ISO_8859_1));
  }

  private List<String> found(Query query) {
    return StoreFixture.subjects(mailbox.inbox().search(query).stream().toList());
  }

  @Test
  void wordsAreFoundWhereverTheyAre() {
    assertThat(found(text("quick"))).containsExactly("first");
    assertThat(found(text("first"))).containsExactly("first");
    assertThat(found(text("bob@example.org"))).hasSize(3);
    assertThat(found(text("uick"))).isEmpty();
  }

  @Test
  void wordsStandTogetherAndTheLastMayBeABeginning() {
    assertThat(found(text("quick brown"))).containsExactly("first");
    assertThat(found(text("quick bro"))).containsExactly("first");
    assertThat(found(text("qui brown"))).isEmpty();
    assertThat(found(text("brown quick"))).isEmpty();
    assertThat(found(text("quick fox"))).isEmpty();
  }

  @Test
  void caseAccentsAndPunctuationDoNotCount() {
    assertThat(found(text("CAFE CREME"))).containsExactly("second");
    assertThat(found(text("naive"))).containsExactly("second");
    assertThat(found(text("cafè"))).containsExactly("second");
    assertThat(found(text("red green"))).containsExactly("third");
    assertThat(found(text("red---green"))).containsExactly("third");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AND",
        "OR",
        "NOT",
        "NEAR(",
        "NEAR(the sea, 2)",
        "\"",
        "\"\"",
        "*",
        "-",
        "-red",
        "subject:",
        "subject: first",
        "col:",
        "(",
        ")",
        "^quick",
        "a\"b",
        "' OR 1=1 --",
        "\0",
        "{subject} : x",
        "quick*",
        "+",
        "",
        " ",
        "😀",
        "%",
        "\\"
      })
  void operatorsArePlainText(String words) {
    List<String> hits = found(text(words));
    assertThat(hits).doesNotHaveDuplicates();
    assertThat(found(text(words)).size() + found(not(text(words))).size()).isEqualTo(3);
  }

  @Test
  void operatorWordsAreFoundAsWords() {
    assertThat(found(text("near the sea"))).containsExactly("third");
    assertThat(found(text("or but and"))).containsExactly("third");
    assertThat(found(text("and the lazy"))).containsExactly("first");
  }

  @Test
  void textCombinesWithOtherConditions() {
    assertThat(found(text("the").and(Query.subject("third")))).containsExactly("third");
    assertThat(found(not(text("the")))).containsExactly("second");
    assertThat(found(text("cafe").or(text("quick")))).hasSize(2);
  }

  @Test
  void copiesAreFoundAndDeletedMessagesAreNot() {
    mailbox.createFolder(FolderPath.of("A"));
    StoreFixture.bySubject(mailbox, "first").copyTo(FolderPath.of("A"));
    assertThat(mailbox.search(text("quick")).size()).isEqualTo(2);
    mailbox.search(text("quick")).delete();
    assertThat(mailbox.search(text("quick")).size()).isZero();
  }

  @Test
  void indexCatchesUpByItself() {
    StoreFixture.await(() -> mailbox.status().notIndexed() == 0);
    assertThat(found(text("dog"))).containsExactly("first");
  }
}

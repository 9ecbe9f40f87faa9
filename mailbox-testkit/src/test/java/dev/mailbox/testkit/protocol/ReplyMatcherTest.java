// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyMatcherTest {
  private final Values values = new Values(Map.of());

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        "* 3 EXISTS; * 3 exists",
        "* 1 FETCH (FLAGS (\\Seen \\Flagged) UID 7); * 1 FETCH (UID 7 FLAGS (\\Flagged \\Seen))",
        "* 1 FETCH (UID 7 ?more); * 1 FETCH (FLAGS () UID 7 RFC822.SIZE 9)",
        "* 1 FETCH (BODY (\"text\" \"plain\")); * 1 FETCH (BODY (\"TEXT\" \"PLAIN\"))",
        "* 1 FETCH (BODY[HEADER.FIELDS (DATE)] \"x\"); * 1 FETCH (body[header.fields (Date)] \"x\")",
        "* SEARCH 2 3 1; * SEARCH 1 2 3",
        "* SEARCH; * SEARCH",
        "* ESEARCH (TAG a1) UID ALL 1:3 COUNT 3; * ESEARCH (TAG \"a1\") UID COUNT 3 ALL 1,2,3",
        "* LIST (?more) \"/\" box; * LIST (\\HasNoChildren) \"/\" \"box\"",
        "* LIST (\\Noselect|\\NonExistent ?more) ? box; * LIST (\\NonExistent) \"/\" box",
        "* STATUS box (MESSAGES 1 UNSEEN 0); * STATUS box (UNSEEN 0 MESSAGES 1)",
        "* OK [UIDNEXT ?number]; * OK [UIDNEXT 4] next",
        "a1 OK; a1 OK [READ-WRITE] done",
        "a1 NO|BAD; a1 BAD what",
        "* THREAD (1)(2 3); * THREAD (1)(2 3)",
        "+; +",
      })
  void takes(String expected, String actual) {
    assertThat(matches(expected, actual)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      value = {
        "* 3 EXISTS; * 4 EXISTS",
        "* 3 EXISTS; * 3 RECENT",
        "* 1 FETCH (FLAGS (\\Seen)); * 1 FETCH (FLAGS (\\Seen \\Flagged))",
        "* 1 FETCH (FLAGS (\\Seen \\Flagged)); * 1 FETCH (FLAGS (\\Seen))",
        "* 1 FETCH (FLAGS ()); * 1 FETCH (FLAGS () UID 7)",
        "* 1 FETCH (ENVELOPE (\"a\" \"b\")); * 1 FETCH (ENVELOPE (\"b\" \"a\"))",
        "* 1 FETCH (ENVELOPE (\"a\")); * 1 FETCH (ENVELOPE (\"A\"))",
        "* 1 FETCH (ENVELOPE (NIL)); * 1 FETCH (ENVELOPE (\"NIL\"))",
        "* 1 FETCH (ENVELOPE (\"NIL\")); * 1 FETCH (ENVELOPE (NIL))",
        "* 1 FETCH (ENVELOPE (\"\")); * 1 FETCH (ENVELOPE (NIL))",
        "* 1 FETCH (BODY[TEXT] \"x\"); * 1 FETCH (BODY[TEXT] x)",
        "* SEARCH 1 2; * SEARCH 1 2 3",
        "* SEARCH; * SEARCH 1",
        "* SORT 1 2; * SORT 2 1",
        "* VANISHED 1:3; * VANISHED 1:2",
        "* LIST () \"/\" box; * LIST (\\Marked) \"/\" box",
        "* LIST (?more) \"/\" box; * LIST () \".\" box",
        "a1 OK [READ-WRITE]; a1 OK done",
        "a1 OK [READ-WRITE]; a1 OK [READ-ONLY] done",
        "a1 NO|BAD; a1 OK done",
        "* THREAD (1)(2 3); * THREAD (1 2 3)",
      })
  void refuses(String expected, String actual) {
    assertThat(matches(expected, actual)).isFalse();
  }

  @Test
  void literalIsAsGoodAsQuotes() {
    assertThat(matches("* 1 FETCH (BODY[] {\"x\\\"y\"})", "* 1 FETCH (BODY[] \"x\\\"y\")"))
        .isTrue();
    assertThat(matches("* 1 FETCH (BODY[] \"xy\")", "* 1 FETCH (BODY[] {2}\r\nxy)")).isTrue();
    assertThat(matches("* 1 FETCH (BODY[] \"xy\")", "* 1 FETCH (BODY[] {2}\r\nxz)")).isFalse();
  }

  @Test
  void nameIsBoundOnceAndThenTheSame() {
    assertThat(matches("* $a FETCH (UID $a)", "* 1 FETCH (UID 2)")).isFalse();
    assertThat(matches("* $a FETCH (UID $a)", "* 2 FETCH (UID 2)")).isTrue();
    assertThat(matches("* $a EXISTS", "* 3 EXISTS")).isFalse();
    assertThat(matches("* $a EXISTS", "* 2 EXISTS")).isTrue();
  }

  @Test
  void otherBindingIsTriedWhenTheFirstLeadsNowhere() {
    assertThat(matches("* SEARCH $x 1", "* SEARCH 1 2")).isTrue();
    assertThat(values.value("$x")).isEqualTo("2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "* 1 FETCH (FLAGS ()",
        "* 1  EXISTS",
        "* 1 FETCH (FLAGS  ())",
        "* 1 FETCH (FLAGS() )",
        "* 1 FETCH (UID 1 )",
        "* 1 FETCH (BODY[] \"x)",
      })
  void malformedReplyIsNone(String line) {
    assertThatIllegalArgumentException().isThrownBy(() -> ReplyParser.parse(line));
  }

  @Test
  void removedMessagesAreThoseBefore() {
    assertThat(NumberSet.removed(List.of(2L, 3L, 3L))).containsExactly(2L, 4L, 5L);
    assertThat(NumberSet.removed(List.of(5L, 4L, 2L))).containsExactly(2L, 4L, 5L);
    assertThat(NumberSet.removed(List.of(1L, 1L, 1L))).containsExactly(1L, 2L, 3L);
  }

  private boolean matches(String expected, String actual) {
    List<Node> wanted = Shape.of(ReplyParser.parse(values.expected(expected, call -> call)));
    var bound = new HashMap<String, Node>(values.bound());
    return ReplyMatcher.lines(
        wanted,
        Shape.of(ReplyParser.parse(actual)),
        bound,
        all -> {
          values.bind(new HashMap<>(all));
          return true;
        });
  }
}

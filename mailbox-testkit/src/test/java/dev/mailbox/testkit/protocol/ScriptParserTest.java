// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScriptParserTest {
  private static final int LEAST_COMMANDS = 300;

  @Test
  void everyScriptHasCommandsAndThereAreEnough() {
    Map<String, Long> commands =
        Stream.of("imap", "pop3")
            .flatMap(p -> ScriptFiles.names(p).map(name -> ScriptFiles.parse(p, name, "fake")))
            .collect(Collectors.toMap(Script::file, Script::commands));
    assertThat(commands).allSatisfy((file, count) -> assertThat(count).as(file).isPositive());
    assertThat(commands.values().stream().mapToLong(Long::longValue).sum())
        .isGreaterThanOrEqualTo(LEAST_COMMANDS);
  }

  @Test
  void lineForAnotherServerIsLeftOut() {
    List<String> lines =
        List.of("@dovecot A> ONE", "@!dovecot A> TWO", "@cyrus,fake A> THREE", "A< OK");
    assertThat(sent(lines, "dovecot")).containsExactly("ONE");
    assertThat(sent(lines, "cyrus")).containsExactly("TWO", "THREE");
  }

  @Test
  void exceptionIsForTheServerThatItNames() {
    List<String> lines = List.of("except: dovecot cannot", "A> NOOP", "A< OK");
    assertThat(parse(lines, "dovecot").except()).isEqualTo("dovecot cannot");
    assertThat(parse(lines, "fake").except()).isEmpty();
  }

  @Test
  void commandWithoutAnExpectationIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(List.of("A> ONE", "A> TWO", "A< OK"), "fake"))
        .withMessage("x.txt:1: nothing is expected: ONE");
  }

  @Test
  void lineThatIsNotUnderstoodIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(List.of("# title", "A NOOP"), "fake"))
        .withMessage("x.txt:2: not understood: A NOOP");
  }

  @Test
  void requirementIsMetByOneOfSeveral() {
    Script script = parse(List.of("requires: IDLE LITERAL+|LITERAL-", "A> NOOP", "A< OK"), "fake");
    assertThat(Setup.missing(script, Set.of("IDLE", "LITERAL-"))).isEmpty();
    assertThat(Setup.missing(script, Set.of("IDLE"))).contains("LITERAL+|LITERAL-");
  }

  @Test
  void textsAreByteForByte() {
    List<String> lines = List.of("text one", "| a", "|", "|  b", "A> X", "A< OK");
    assertThat(parse(lines, "fake").texts().get("one").content()).isEqualTo("a\r\n\r\n b\r\n");
  }

  private static List<String> sent(List<String> lines, String server) {
    var script = ScriptParser.parse("x.txt", withExpectations(lines), server);
    return script.steps().stream()
        .filter(Script.Send.class::isInstance)
        .map(step -> ((Script.Send) step).text())
        .toList();
  }

  private static List<String> withExpectations(List<String> lines) {
    return lines.stream()
        .flatMap(line -> line.contains(">") ? Stream.of(line, "A< ok1 OK") : Stream.of(line))
        .toList();
  }

  private static Script parse(List<String> lines, String server) {
    return ScriptParser.parse("x.txt", lines, server);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.examples.cli.CapturedTerminal.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What strangers write never drives the terminal. */
class HostileMailTest {
  /** Clears the screen, sets the title, C1 control, overrides the direction, and a bell. */
  private static final String EVIL = "x\u001b[2J\u001b]0;owned\u0007\u009b31m\u202egpj.exe\u0000y";

  private final Path directory;
  private String id = "";

  HostileMailTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeEach
  void fill() {
    String word = encodedWord(EVIL);
    String raw =
        "From: "
            + word
            + " <a@example.org>\r\n"
            + ("To: "
                + word
                + " <b@example.org>\r\nCc: \"\u001b[1mc\" <c\u001b[2J@example.org>\r\n")
            + ("Subject: " + word + "\r\nX-\u001b[2JEvil: " + EVIL + "\r\n")
            + "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
            + ("--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + EVIL + "\r\n")
            + ("--b\r\nContent-Type: text/html\r\n\r\n<p>" + EVIL + "</p>\r\n")
            + ("--b\r\nContent-Type: application/x; name=\"" + word + "\"\r\n")
            + ("Content-Disposition: attachment; filename=\""
                + word
                + "\"\r\n\r\nabc\r\n--b--\r\n");
    id = StoreFixture.fill(directory.resolve("store"), raw.getBytes(StandardCharsets.UTF_8))[0];
  }

  private static String encodedWord(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return "=?utf-8?B?" + Base64.getEncoder().encodeToString(bytes) + "?=";
  }

  static Stream<List<String>> commands() {
    return Stream.of(
        List.of("list"),
        List.of("show", "ID"),
        List.of("show", "ID", "--html"),
        List.of("show", "ID", "--headers"),
        List.of("show", "ID", "--raw"),
        List.of("search", "--from", "a@"),
        List.of("save", "ID", "--to", "TARGET"));
  }

  private Result run(CapturedTerminal terminal, List<String> command, String... more) {
    Path target = directory.resolve("saved");
    Stream<String> args = Stream.concat(command.stream(), Stream.of(more));
    return terminal.run(
        Stream.concat(args, Stream.of("--store", directory.resolve("store").toString()))
            .map(arg -> arg.equals("ID") ? id : arg.equals("TARGET") ? target.toString() : arg)
            .toArray());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aTerminalNeverGetsAControlCharacter(List<String> command) {
    Result result = run(new CapturedTerminal().interactive(), command);

    assertThat(result.code()).as(result.toString()).isZero();
    assertThat(result.out()).isNotEmpty();
    assertThat((result.out() + result.err()).codePoints())
        .allMatch(c -> c == '\n' || !SafeText.isHarmful(c));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void machineOutputEscapesThemAndParses(List<String> command) {
    Result result = run(new CapturedTerminal(), command, "--json");

    assertThat(result.code()).as(result.toString()).isZero();
    assertThat(result.out().codePoints()).allMatch(c -> c == '\n' || !SafeText.isHarmful(c));
    Object json = result.json();
    Object first = json instanceof List<?> list ? list.get(0) : json;
    assertThat(JsonTree.map(first)).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void nothingButRawBytesReachesAPipe(List<String> command) {
    Result result = run(new CapturedTerminal(), command);

    boolean raw = command.contains("--raw");
    assertThat(result.out().contains("\u001b")).isEqualTo(raw);
    assertThat(result.code()).isZero();
  }
}

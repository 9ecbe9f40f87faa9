// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.script;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * What a server expects and replies in one connection, step by step. Build it whole, or take it
 * from a text; then hand it to a {@link ScriptedServer}. A script may serve many connections. Text
 * is ISO 8859-1. A step that is not reached, because the client said something else or left, fails
 * {@link ScriptedServer#verify}.
 *
 * <p>The text is that of a {@code Transcript} of the proxy, as exceptions of a mailbox carry it
 * too, and may be written by hand:
 *
 * <pre>
 * # A comment; empty lines mean nothing
 * = connection 1
 * S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready
 * C: a STARTTLS
 * S: a OK
 * -- starttls
 * C: b LOGIN ***
 * S: b OK [CAPABILITY IMAP4rev1] in
 * S: * 1 FETCH (UID 7 BODY[] {12}
 * S: Subject: a\
 * S: )
 * </pre>
 *
 * <ul>
 *   <li>{@code S: } is a line of the server and {@code C: } one of the client. How bytes are
 *       written is said at {@code Transcript}; a backslash that begins no escape is itself.
 *   <li>{@code =} begins the next connection; they are numbered as clients connect.
 *   <li>In IMAP the first word of a command is a name for the tag that the client gives it, and the
 *       server's lines use that.
 *   <li>{@code ***} in a line of the client stands for anything, at its end also for literals. A
 *       literal of stars, or written {@code <12 bytes>}, is one of any size and content.
 *   <li>What the server says to a command does not wait for commands that were pipelined behind it.
 *   <li>{@code -- starttls} starts TLS with the good certificate of {@code
 *       TestCertificates.shared()}, as the first line before anything is said; {@code --
 *       compressed} DEFLATE. {@code -- wait 50 ms} waits; {@code -- stall} says nothing more until
 *       the client leaves. {@code -- close}, {@code -- cut} (no TLS close notification) and {@code
 *       -- reset} end the connection, {@code -- end} expects that the client does. Without one of
 *       these it is closed at the end.
 * </ul>
 */
public final class Script implements ConnectionHandler {
  private final List<Step> steps = new ArrayList<>();

  private record Step(String what, ConnectionHandler action) {}

  private Script() {}

  /** An empty script: it closes the connection at once. */
  public static Script script() {
    return new Script();
  }

  /**
   * One script for each connection of a text.
   *
   * @throws IllegalArgumentException naming the line and what is wrong with it
   */
  public static List<Script> parse(String text) {
    return parse(text.lines().toList());
  }

  /** As {@link #parse(String)}, line by line. */
  public static List<Script> parse(List<String> lines) {
    return ScriptText.parse(lines).stream()
        .map(steps -> script().then("transcript", c -> Replay.play(steps, c)))
        .toList();
  }

  /**
   * As {@link #parse(String)}, from a file.
   *
   * @throws UncheckedIOException when it cannot be read
   */
  public static List<Script> read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  /** Expects exactly this line. */
  public Script expect(String line) {
    return then("expect <" + line + ">", c -> c.expect(line));
  }

  /** Expects a line that the regular expression matches as a whole. */
  public Script expectMatching(String regex) {
    return then("expect matching <" + regex + ">", c -> c.expectMatching(regex));
  }

  /** Expects that the client closes. */
  public Script expectEnd() {
    return then("expect end", ScriptedConnection::expectEnd);
  }

  /** Sends the text as it is; line ends are part of it. */
  public Script send(String text) {
    return then("send", c -> c.send(text));
  }

  /** Sends each line with CRLF behind it. */
  public Script sendLine(String... lines) {
    return then("send lines", c -> c.send(String.join("\r\n", lines) + "\r\n"));
  }

  /** Sends bytes as they are. */
  public Script send(byte[] bytes) {
    return then("send bytes", c -> c.send(bytes));
  }

  /** Sends byte by byte with a gap before each. */
  public Script drip(String text, Duration gap) {
    return then("drip", c -> c.drip(text.getBytes(StandardCharsets.ISO_8859_1), gap));
  }

  /** Changes to TLS in the middle of the connection, as after STLS or STARTTLS. */
  public Script startTls(SSLContext context) {
    return then("start TLS", c -> c.startTls(context));
  }

  /** Runs something of the test's own between two steps, after what was sent has left. */
  public Script run(Runnable action) {
    return then(
        "run",
        c -> {
          c.flush();
          action.run();
        });
  }

  /** Says nothing more until the client leaves; the script counts as complete. */
  public Script stall() {
    return then("stall", ScriptedConnection::stall);
  }

  /** Closes politely. This is also what happens at the end of every script. */
  public Script close() {
    return then("close", ScriptedConnection::close);
  }

  /** Closes without the TLS close notification, as an attacker or a broken line would. */
  public Script cut() {
    return then("cut", ScriptedConnection::cut);
  }

  /** Resets the connection (RST). */
  public Script reset() {
    return then("reset", ScriptedConnection::reset);
  }

  /** Any other behavior, as a step. */
  public Script then(ConnectionHandler action) {
    return then("step", action);
  }

  @Override
  public void handle(ScriptedConnection connection) {
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      try {
        step.action.handle(connection);
      } catch (IOException e) {
        throw broken(connection, i, step, e);
      }
    }
  }

  private AssertionError broken(ScriptedConnection connection, int at, Step step, IOException e) {
    return new AssertionError(
        "connection "
            + connection.number()
            + " ended at step "
            + (at + 1)
            + " of "
            + steps.size()
            + " ("
            + step.what
            + "): "
            + e,
        e);
  }

  private Script then(String what, ConnectionHandler action) {
    steps.add(new Step(what, action));
    return this;
  }
}

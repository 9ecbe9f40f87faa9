// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What a {@link FaultProxy} passed on over one connection so far, byte by byte and in order. What
 * TLS hides stays hidden, unless the proxy ends TLS itself; COMPRESS=DEFLATE hides nothing in the
 * text. Immutable.
 *
 * <p>Its text has a line for each line of the talk, {@code C: } for the client's and {@code S: }
 * for the server's:
 *
 * <pre>
 * S: * OK ready
 * C: 1 LOGIN ***
 * S: 1 OK
 * C: 2 FETCH 1 BODY[HEADER]
 * S: * 1 FETCH (BODY[HEADER] {12}
 * S: Subject: a\
 * S: )
 * S: 2 OK
 * </pre>
 *
 * <ul>
 *   <li>Behind each line is a CRLF, unless the text line ends with a backslash alone: then the next
 *       bytes follow at once. Literals, and the messages of POP3, are written like lines too; a
 *       literal ends its text line. So the bytes are those of the text lines put together.
 *   <li>CR, LF and TAB within a line are written {@code \r}, {@code \n} and {@code \t}, and each
 *       other byte that is not printable ASCII, or is a space at the end of a text line, {@code
 *       \xHH} with two hexadecimal digits. A backslash is itself, or {@code \\} where it would be
 *       taken for one of these.
 *   <li>Secrets are {@code ***}: what LOGIN, PASS and AUTH or AUTHENTICATE are given, the digest of
 *       APOP, and all that a SASL exchange says in either direction. A literal that is a secret is
 *       as many stars as it has bytes, so that its announced length holds.
 *   <li>{@code -- starttls} and {@code -- compressed} stand where TLS that the proxy ends and
 *       compression start. How the connection ended is the last: {@code -- end} if the client ended
 *       it, {@code -- close} if the server, {@code -- reset}, or {@code -- cut} by a fault.
 * </ul>
 *
 * <p>A script of the {@code ScriptedServer} can be made of it, which says the same again.
 */
public final class Transcript {
  private final int connection;
  private final List<Run> runs;
  private final boolean complete;
  private final HiddenBodies hiddenBodies;

  /** What was said in one direction before the other had its turn; or nothing, but an event. */
  @SuppressWarnings("ArrayRecordComponent")
  record Run(Direction direction, byte[] bytes, String event) {
    Run(Direction direction, byte[] bytes) {
      this(direction, bytes, "");
    }

    static Run event(String name) {
      return new Run(Direction.TO_CLIENT, new byte[0], name);
    }
  }

  Transcript(int connection, List<Run> runs, boolean complete) {
    this(connection, runs, complete, HiddenBodies.NONE);
  }

  Transcript(int connection, List<Run> runs, boolean complete, HiddenBodies hiddenBodies) {
    this.connection = connection;
    this.runs = List.copyOf(runs);
    this.complete = complete;
    this.hiddenBodies = hiddenBodies;
  }

  /** Which connection of its proxy this was; the first is 1. */
  public int connection() {
    return connection;
  }

  /** False if something was said behind what is kept here, which had reached the limit. */
  public boolean isComplete() {
    return complete;
  }

  /** All bytes of one direction as they were passed on, secrets included. */
  public byte[] bytes(Direction direction) {
    var bytes = new ByteArrayOutputStream();
    runs.stream().filter(run -> run.direction == direction).forEach(r -> bytes.writeBytes(r.bytes));
    return bytes.toByteArray();
  }

  /** The lines of the text, without secrets. */
  public List<String> lines() {
    List<String> lines = TranscriptLines.of(runs, hiddenBodies);
    if (complete || lines.isEmpty()) {
      return lines;
    }
    List<String> all = new ArrayList<>(lines);
    all.add("# What was said behind this was not kept.");
    return List.copyOf(all);
  }

  /** The text, each line with LF behind it, without secrets. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    lines().forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * What a {@link FaultProxy} passed on over one connection so far, byte by byte and in order. What
 * TLS or compression hides stays hidden, unless the proxy ends TLS itself. Immutable.
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
 *   <li>A backslash is written {@code \\}, CR, LF and TAB within a line {@code \r}, {@code \n} and
 *       {@code \t}, and each other byte that is not printable ASCII, or is a space at the end of a
 *       text line, {@code \xHH} with two hexadecimal digits.
 *   <li>Secrets are {@code ***}: what LOGIN, PASS and AUTH or AUTHENTICATE are given, the digest of
 *       APOP, and all that a SASL exchange says in either direction. A literal that is a secret is
 *       as many stars as it has bytes, so that its announced length holds.
 * </ul>
 */
public final class Transcript {
  private final int connection;
  private final List<Run> runs;
  private final boolean complete;

  /** What was said in one direction before the other had its turn. */
  @SuppressWarnings("ArrayRecordComponent")
  record Run(Direction direction, byte[] bytes) {}

  Transcript(int connection, List<Run> runs, boolean complete) {
    this.connection = connection;
    this.runs = List.copyOf(runs);
    this.complete = complete;
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
    return TranscriptLines.of(runs);
  }

  /** The text, each line with LF behind it, without secrets. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    lines().forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }
}

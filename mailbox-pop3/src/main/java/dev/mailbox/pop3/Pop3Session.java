// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.wire.ByteReader;
import dev.mailbox.wire.Command;
import dev.mailbox.wire.Connection;
import dev.mailbox.wire.Slice;
import dev.mailbox.wire.WireException;
import java.io.IOException;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One connection to a POP3 server: commands out, replies in. For one thread, but {@link #close} is
 * for any. Closing says nothing to the server, so it undoes what DELE asked for (RFC 1939 section
 * 6); only {@link Quit} makes it so.
 */
final class Pop3Session implements AutoCloseable {
  private static final long MOST_BYTES = Long.MAX_VALUE / 4;
  private static final long SLACK_BYTES = 64L << 20;

  private final Connection connection;
  private Capabilities capabilities = Capabilities.UNKNOWN;
  private String greeting = "";
  private Optional<String> timeStamp = Optional.empty();
  private String mechanism = "";
  private final BitSet retrieved = new BitSet();
  private boolean bareLf;

  Pop3Session(Connection connection) {
    this.connection = connection;
  }

  Connection connection() {
    return connection;
  }

  Capabilities capabilities() {
    return capabilities;
  }

  void capabilities(Capabilities latest) {
    capabilities = latest;
  }

  /** The server's first line, fit to be shown. */
  String greeting() {
    return greeting;
  }

  /** What APOP makes its digest of; empty if the server has no APOP. */
  Optional<String> timeStamp() {
    return timeStamp;
  }

  /** The TLS version and cipher suite, or {@code none}. */
  String security() {
    return connection
        .tlsSession()
        .map(tls -> tls.getProtocol() + " " + tls.getCipherSuite())
        .orElse("none");
  }

  /** How the login was done. */
  String mechanism() {
    return mechanism;
  }

  void mechanism(String name) {
    mechanism = name;
  }

  /** Notes that the server has begun to give a whole message. */
  void retrieved(int number) {
    retrieved.set(number);
  }

  /** Whether the server has given a whole message, or some of it, in this session. */
  boolean hasRetrieved(int number) {
    return retrieved.get(number);
  }

  /** Connects and reads the greeting. */
  Status connect() throws WireException {
    connection.connect();
    Status status = read();
    greeting = status.shown();
    timeStamp = Apop.timeStamp(status);
    return status;
  }

  /** Sends a command and reads the status line of its reply. */
  Status ask(Command command) throws WireException {
    send(command);
    return status();
  }

  /** Writes a command, which is sent when a reply is read. */
  void send(Command command) throws WireException {
    try {
      connection.writer().write(command);
    } catch (WireException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException("only a payload could fail, and there is none", e);
    }
  }

  /** Sends what is written, and reads a status line. */
  Status status() throws WireException {
    connection.writer().flush();
    connection.expectReply();
    return read();
  }

  private Status read() throws WireException {
    Slice line = connection.reader().readLine();
    bareLf = line.endedByBareLf();
    return Status.of(line)
        .orElseThrow(
            () -> connection.garbled("the server's reply starts neither with +OK nor with -ERR"));
  }

  /** Reads the lines of a listing up to the dot, each valid during the call. */
  void eachLine(Consumer<Slice> consumer) throws WireException {
    ByteReader reader = connection.reader();
    Slice line = reader.readDataLine();
    while (line.length() != 1 || line.at(0) != '.') {
      consumer.accept(line);
      line = reader.readDataLine();
    }
  }

  /**
   * Reads the message of a reply.
   *
   * @param limit how many bytes go to the sink at most. What is beyond is read and dropped, so that
   *     the session can go on, up to as much again and 64 MiB; then the connection is closed
   */
  DotReader message(DotReader.Sink sink, long limit) throws WireException {
    long most = Math.min(limit, MOST_BYTES);
    connection.reader().limitReply(2 * most + SLACK_BYTES);
    return new DotReader(connection.reader(), bareLf, sink, limit).run();
  }

  /**
   * Closes the connection if the server has said more than it was asked for: then replies can no
   * longer be told apart.
   */
  void requireSilence() throws WireException {
    if (connection.reader().buffered() > 0) {
      throw connection.garbled("the server sent more replies than there were commands");
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}

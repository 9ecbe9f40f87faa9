// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.script;

import dev.mailbox.testkit.internal.net.LineInput;
import dev.mailbox.testkit.internal.talk.TalkLog;
import dev.mailbox.testkit.internal.talk.TalkRecorder;
import dev.mailbox.testkit.internal.transcript.Redaction;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * The server's end of one connection. Text is ISO 8859-1 in both directions, one char for each
 * byte, so that any byte can be written in a test. What is sent waits in a buffer until the next
 * read, {@link #flush}, or the end of the connection. For one thread, that of its handler; reads
 * block until the client speaks or leaves, or the server is closed.
 */
public final class ScriptedConnection {
  private static final int BUFFER = 1 << 16;
  private static final byte HANDSHAKE = 0x16;
  private static final long MILLI = 1_000_000;

  private final Socket raw;
  private final int number;
  private final Spawner spawner;
  private final ReceivedLines received;
  private final TalkRecorder talk;
  private Socket socket;
  private LineInput in;
  private OutputStream out;
  private @Nullable DeflaterOutputStream deflated;
  private byte[] handshake = new byte[0];
  private volatile boolean clientLeft;
  private volatile boolean deaf;
  private volatile boolean settled;
  private volatile Supplier<String> waiting = () -> "";

  ScriptedConnection(Socket raw, int number, ReceivedLines received, Surroundings around)
      throws IOException {
    this.raw = raw;
    this.spawner = around.spawner;
    this.talk = new TalkRecorder(around.log, number);
    this.number = number;
    this.received = received;
    this.socket = raw;
    this.out = buffered(raw.getOutputStream());
    this.in = new LineInput(raw.getInputStream(), out);
    talk.event("connected");
  }

  /** What its server has for it. */
  record Surroundings(Spawner spawner, TalkLog log) {}

  /** Starts threads that the server awaits when it closes. */
  interface Spawner {
    void spawn(String role, Runnable task);
  }

  /** Runs something beside the handler, on a daemon thread that the server awaits at its end. */
  public void spawn(Runnable task) {
    spawner.spawn("beside-" + number, task);
  }

  /** Which connection of its server this is; the first is 1. */
  public int number() {
    return number;
  }

  /** Whether TLS is on, from the start or since {@link #startTls}. */
  public boolean isTls() {
    return socket instanceof SSLSocket;
  }

  /** The next line of the client without its line end; null when the client has closed. */
  public @Nullable String readLine() throws IOException {
    return remembered(in.readLine());
  }

  /**
   * As {@link #readLine()}, but a line of more than so many bytes is no failure: it comes without
   * its middle, which is forgotten, and is still longer than this.
   */
  public @Nullable String readLine(int most) throws IOException {
    return remembered(in.readLine(most));
  }

  private @Nullable String remembered(@Nullable String line) {
    if (line != null) {
      received.add(number, line, talk.client(line));
    } else {
      clientLeft = true;
      talk.event("closed by the client");
    }
    return line;
  }

  /** Exactly so many bytes of the client; they do not appear in {@link ScriptedServer#received}. */
  public byte[] readBytes(int count) throws IOException {
    byte[] bytes = in.readBytes(count);
    talk.client(bytes);
    return bytes;
  }

  /** Reads a line and fails when it is another than this. */
  public void expect(String line) throws IOException {
    String said = readLine();
    if (!line.equals(said)) {
      throw surprise("<" + line + ">", said);
    }
  }

  /** Reads a line, fails when the regular expression does not match all of it, and returns it. */
  public String expectMatching(String regex) throws IOException {
    String said = readLine();
    if (said == null || !Pattern.matches(regex, said)) {
      throw surprise("a line matching <" + regex + ">", said);
    }
    return said;
  }

  /** Waits for the client to close and fails when it says something instead. */
  public void expectEnd() throws IOException {
    String said = readLine();
    if (said != null) {
      throw surprise("the client to close", said);
    }
  }

  /** Sends the text as it is, one byte for each char. */
  public void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends the text and CRLF. */
  public void sendLine(String text) throws IOException {
    send(text + "\r\n");
  }

  /** Sends bytes as they are. */
  public void send(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  /** Sends one byte after the other, each in a segment of its own, with a gap before each. */
  public void drip(byte[] bytes, Duration gap) throws IOException {
    for (byte each : bytes) {
      pause(gap);
      out.write(each);
      out.flush();
    }
  }

  /**
   * Sends what waits, and says nothing for so long. That the client leaves meanwhile is noticed, as
   * far as it has not sent more than 64 KiB before; then {@link ScriptedServer#openConnections}
   * counts it no more.
   */
  public void pause(Duration time) throws IOException {
    flush();
    long end = System.nanoTime() + time.toNanos();
    long left = time.toNanos();
    while (left > 0 && !Thread.currentThread().isInterrupted()) {
      if (left < MILLI || clientLeft || !in.hasRoom()) {
        LockSupport.parkNanos(left);
      } else {
        listen((int) Math.min(Integer.MAX_VALUE, left / MILLI));
      }
      left = end - System.nanoTime();
    }
  }

  /** Waits for the client, but no longer than this. */
  private void listen(int millis) throws IOException {
    raw.setSoTimeout(millis);
    try {
      clientLeft = !in.readAhead();
    } catch (SocketTimeoutException e) {
      // It has said nothing, and is still there.
    } catch (EOFException e) {
      clientLeft = true;
    } finally {
      if (!raw.isClosed()) {
        raw.setSoTimeout(0);
      }
    }
  }

  /** Where replies go, buffered; for replies too large to be held in memory. */
  public OutputStream output() {
    return out;
  }

  /** Sends what waits in the buffer. */
  public void flush() throws IOException {
    out.flush();
  }

  /**
   * Sends what waits and makes a TLS handshake as a server. Fails when the client sent anything
   * behind the command that asked for TLS, because that arrived in clear text.
   */
  public void startTls(SSLContext context) throws IOException {
    out.flush();
    int clear = handshake.length > 0 ? 0 : discardClearText();
    if (clear > 0) {
      throw new AssertionError(
          "connection "
              + number
              + ": the client sent "
              + clear
              + " bytes in clear text where its TLS handshake was due");
    }
    byte[] more = in.takeBuffered();
    int early = handshake.length;
    handshake = Arrays.copyOf(handshake, early + more.length);
    System.arraycopy(more, 0, handshake, early, more.length);
    handshake(context);
  }

  /**
   * Throws away what the client sent in clear text behind its command for TLS and before its
   * handshake, as servers must (RFC 9051, section 6.2.1). It reads only what has come.
   *
   * @return how many bytes it has thrown away
   */
  public int discardClearText() {
    byte[] early = in.takeBuffered();
    int clear = 0;
    while (clear < early.length && early[clear] != HANDSHAKE) {
      clear++;
    }
    handshake = Arrays.copyOfRange(early, clear, early.length);
    return clear;
  }

  private void handshake(SSLContext context) throws IOException {
    out.flush();
    var consumed = new ByteArrayInputStream(handshake);
    var tls = (SSLSocket) context.getSocketFactory().createSocket(raw, consumed, true);
    tls.setUseClientMode(false);
    try {
      tls.startHandshake();
    } catch (IOException e) {
      talk.event("no TLS: " + e.getMessage());
      throw e;
    }
    socket = tls;
    talk.event("TLS");
    out = buffered(tls.getOutputStream());
    in = new LineInput(tls.getInputStream(), out);
  }

  /** Sends what waits and compresses from then on, in both directions (RFC 4978). */
  public void startDeflate() throws IOException {
    out.flush();
    var early = new ByteArrayInputStream(in.takeBuffered());
    var compressed = new SequenceInputStream(early, socket.getInputStream());
    in = new LineInput(new InflaterInputStream(compressed, new Inflater(true)), this::flush);
    var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    deflated = new DeflaterOutputStream(socket.getOutputStream(), deflater, BUFFER, true);
    talk.event("compressed");
    out = buffered(deflated);
  }

  private OutputStream buffered(OutputStream to) {
    return talk.server(new BufferedOutputStream(to, BUFFER));
  }

  /** Whether {@link #startDeflate} was called. */
  public boolean isDeflated() {
    return deflated != null;
  }

  /** Says nothing more until the client leaves or the server is closed. What comes is discarded. */
  public void stall() throws IOException {
    out.flush();
    talk.event("stalled by the server");
    settle();
    in.drain();
  }

  /**
   * Neither says nor reads anything more until the server is closed. So it does not notice that the
   * client leaves, and {@link ScriptedServer#openConnections} counts it no more.
   */
  public void deafen() throws IOException {
    out.flush();
    deaf = true;
    settle();
    while (!Thread.currentThread().isInterrupted()) {
      LockSupport.park(this);
    }
  }

  /** Closes politely: sends what waits, the TLS close notification if there is TLS, then FIN. */
  public void close() throws IOException {
    out.flush();
    if (deflated != null && !raw.isOutputShutdown()) {
      deflated.finish();
    }
    if (socket instanceof SSLSocket && !socket.isOutputShutdown()) {
      socket.shutdownOutput();
    }
    cut();
  }

  /** Sends what waits, then FIN; with TLS there is no close notification before it. */
  public void cut() throws IOException {
    if (!raw.isClosed() && !raw.isOutputShutdown()) {
      out.flush();
      // Told before it is done, so that a client that has seen it finds it told.
      if (!clientLeft) {
        talk.event("closed by the server");
      }
      raw.shutdownOutput();
    }
    settle();
  }

  /** Sends what waits, then a reset, which may overtake bytes that the client has not read yet. */
  public void reset() throws IOException {
    out.flush();
    talk.event("reset by the server");
    raw.setSoLinger(true, 0);
    raw.close();
    settle();
  }

  /** Resets at once, from any thread; what waits in the buffer is lost. */
  public void abort() throws IOException {
    talk.event("reset by the server");
    raw.setSoLinger(true, 0);
    raw.close();
    settle();
  }

  /** Whether the client may still be there, for all that can be known. */
  boolean isOpen() {
    return !clientLeft && !deaf;
  }

  /** Notes where its handler is, for a report; the text is made when it is wanted. */
  void waitsFor(Supplier<String> where) {
    waiting = where;
  }

  /** Where its handler is, or nothing. */
  String waiting() {
    return waiting.get();
  }

  /** Whether nothing more will be said, so that only the client's leaving is awaited. */
  boolean isSettled() {
    return settled;
  }

  /** Notes why it ended, when neither side has closed it in order. */
  void broken(IOException cause) {
    talk.event("broken: " + cause.getMessage());
  }

  /**
   * After the handler: closes unless that was done, and reads on so that FIN is not made a reset.
   */
  void finish() throws IOException {
    if (!raw.isClosed()) {
      close();
      raw.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
  }

  private void settle() {
    settled = true;
    received.signal();
  }

  private AssertionError surprise(String expected, @Nullable String said) {
    var before = received.shown(number);
    @Nullable String shown =
        said == null || tellsSecret(expected) ? said : before.get(before.size() - 1);
    String actual = said == null ? "the client closed" : "the client said <" + shown + ">";
    int known = said == null ? before.size() : before.size() - 1;
    return new AssertionError(
        "connection "
            + number
            + ": expected "
            + expected
            + " but "
            + actual
            + difference(expected, Objects.requireNonNullElse(said, ""))
            + "; before that it said "
            + before.subList(Math.max(0, known - 10), known));
  }

  /** Then the one that came may be told too: it can be seen where the test says it. */
  private static boolean tellsSecret(String expected) {
    return !new Redaction().clientLine(expected.substring(1)).equals(expected.substring(1));
  }

  private static String difference(String expected, String said) {
    String wanted = expected.replaceAll("^<|>$", "");
    int at = Arrays.mismatch(wanted.toCharArray(), said.toCharArray());
    return wanted.equalsIgnoreCase(said)
        ? " (only the case differs)"
        : at > 0 && !said.isEmpty() ? " (the first " + at + " characters agree)" : "";
  }
}

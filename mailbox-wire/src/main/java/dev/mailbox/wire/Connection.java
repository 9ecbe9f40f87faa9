// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import dev.mailbox.wire.TimedOutException.Phase;
import dev.mailbox.wire.TlsFailedException.Problem;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/**
 * One TCP connection to a mail server, with TLS where it is asked for.
 *
 * <p>For one thread at a time, except {@link #close()}, which any thread may call at any moment: it
 * wakes whatever is blocked, from the name lookup on. Calls block within the deadlines of {@link
 * Timeouts} and of {@link #deadline(Deadline)}; an interrupt ends them within about half a second
 * and leaves the interrupt flag set. Friendly to virtual threads.
 *
 * <p>Every failure is a {@link WireException}, and after one the connection is closed and cannot be
 * opened again.
 */
public final class Connection implements AutoCloseable {
  private final ConnectOptions options;
  private final Transcript transcript;
  private final Scene scene;
  private final Link link;
  private final ByteReader reader;
  private final ByteWriter writer;
  private boolean connected;

  private Connection(ConnectOptions options) {
    this.options = options;
    transcript = new Transcript(options.trafficListener().orElse(null));
    scene = new Scene(options.endpoint(), transcript);
    link = new Link(options, scene);
    reader = new ByteReader(link, options.limits(), scene);
    writer = new ByteWriter(link, transcript, options.allowCleartextSecrets());
  }

  /** A connection that is not made yet, so that another thread can close it while it is made. */
  public static Connection to(ConnectOptions options) {
    return new Connection(options);
  }

  /**
   * Looks up the host, connects, and with {@link Security#IMPLICIT_TLS} does the handshake. Then
   * the greeting is awaited, as with {@link #expectGreeting()}.
   *
   * @throws UnreachableException if there is no connection
   * @throws TlsFailedException if TLS or the certificate is not right
   * @throws WireException if it fails in another way
   * @throws IllegalStateException if it was called before
   */
  public void connect() throws WireException {
    if (connected) {
      throw new IllegalStateException("connect() was called before");
    }
    connected = true;
    options.timeouts().total().ifPresent(total -> link.patience().life(Deadline.after(total)));
    link.connect();
    if (options.endpoint().security() == Security.IMPLICIT_TLS) {
      link.startTls();
    }
    expectGreeting();
  }

  /**
   * Starts TLS on a connection in clear text, after the server agreed to STARTTLS or STLS.
   *
   * @throws TlsFailedException if bytes of the server are waiting, which someone must have
   *     injected, or if TLS or the certificate is not right
   * @throws IllegalStateException if the connection is not in clear text, or a command is unsent
   */
  public void startTls() throws WireException {
    if (writer.buffered() > 0) {
      throw new IllegalStateException("a command is not sent yet");
    }
    if (reader.buffered() > 0) {
      String what = "the server sent clear text after it agreed to TLS";
      throw link.fail(new TlsFailedException(scene, Problem.INJECTION, what, null));
    }
    link.startTls();
    expectReply();
  }

  /** The server, the deadlines and the limits. */
  public ConnectOptions options() {
    return options;
  }

  /** What the server sends. */
  public ByteReader reader() {
    return reader;
  }

  /** What the server gets. */
  public ByteWriter writer() {
    return writer;
  }

  /** The redacted end of the dialogue; may be read from any thread. */
  public Transcript transcript() {
    return transcript;
  }

  /** Whether TLS protects the connection; from any thread. */
  public boolean isSecure() {
    return link.isSecure();
  }

  /** The TLS session, for its version, cipher and certificates; empty in clear text. */
  public Optional<SSLSession> tlsSession() {
    return Optional.ofNullable(link.tlsSession());
  }

  /**
   * Whether it was connected and neither side is known to have ended it. A server that went away is
   * only found out by reading.
   */
  public boolean isOpen() {
    return link.isOpen();
  }

  /** Expects the greeting: a whole line within {@link Timeouts#greeting()}. */
  public void expectGreeting() {
    link.patience().begin(Phase.GREETING, options.timeouts().greeting());
    reader.limitReply(options.limits().replyBytes());
  }

  /** Expects a reply, with {@link Timeouts#reply()}. To be called before each one is read. */
  public void expectReply() {
    expectReply(options.timeouts().reply());
  }

  /**
   * Expects a reply, with a window other than {@link Timeouts#reply()}. Starts the count of {@link
   * Limits#replyBytes()} anew.
   */
  public void expectReply(Duration window) {
    link.patience().begin(Phase.REPLY, window, options.timeouts().progressBytes());
    reader.limitReply(options.limits().replyBytes());
  }

  /**
   * Waits for the server to say something by itself, such as during IDLE (RFC 2177). Silence is no
   * failure here: the connection stays as it is.
   *
   * @return whether there is something to read, which the end of the connection is too; false when
   *     the time is up
   */
  public boolean awaitInput(Duration atMost) throws WireException {
    return reader.buffered() > 0 || link.awaitInput(Deadline.nanos(atMost));
  }

  /**
   * Bounds everything from here on, in addition to the other deadlines, until it is called again;
   * {@link Deadline#never()} lifts it.
   */
  public void deadline(Deadline deadline) {
    link.patience().operation(deadline);
  }

  /**
   * Closes the connection because the server broke the protocol.
   *
   * @param what what is wrong, for a person; never with data that may be secret
   * @return the exception, to be thrown
   */
  public GarbledReplyException garbled(String what) {
    return link.fail(scene.garbled(what));
  }

  /**
   * Gives the buffers back to the pool while the connection idles; they are taken again when
   * needed. A buffer with unread or unsent bytes stays. Also worth a call before {@link #close()},
   * which cannot do it, since another thread may be reading.
   */
  public void releaseBuffers() {
    reader.release();
    writer.release();
  }

  /**
   * Closes the connection, from any thread, more than once if need be. A thread that is blocked in
   * it wakes with a {@link CancelledException}. Nothing of the protocol is sent; the end of TLS is,
   * within a second, when no call is under way. Never throws.
   */
  @Override
  public void close() {
    link.close();
  }

  /** Names the server. */
  @Override
  public String toString() {
    return "Connection to " + options.endpoint();
  }
}

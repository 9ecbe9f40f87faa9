// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import dev.mailbox.testkit.internal.net.Loopback;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A client that says and hears bare lines. */
public final class Talk implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;

  private Socket socket;
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  private InputStream in;

  private Talk(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
    this.in = listening(socket);
  }

  public static Talk to(int port) throws IOException {
    return new Talk(new Socket(Loopback.ADDRESS, port));
  }

  public static Talk to(String url) throws IOException {
    return to(URI.create(url).getPort());
  }

  public static Talk tls(String url, SSLContext context) throws IOException {
    return to(url).startTls(context, "localhost");
  }

  /** Logs in to a POP3 server and expects that it works. */
  public static Talk pop3(String url) throws IOException {
    return to(url).login("alice", "secret");
  }

  /** Logs in to an IMAP server and expects that it works. */
  public static Talk imap(String url) throws IOException {
    return imap(url, "alice");
  }

  public static Talk imap(String url, String user) throws IOException {
    Talk talk = to(url);
    expectStart("* OK", talk.readLine());
    List<String> told = talk.run("l", "LOGIN " + user + " secret");
    expectStart("l OK", told.get(told.size() - 1));
    return talk;
  }

  /** Says an IMAP command under a tag; gives all lines up to and with the tagged one. */
  public List<String> run(String tag, String command) throws IOException {
    say(tag + " " + command);
    return reply(tag);
  }

  /** The lines of an IMAP server up to and with the one under the tag, or to the end. */
  public List<String> reply(String tag) throws IOException {
    var lines = new ArrayList<String>();
    String line = readLine();
    while (line != null) {
      lines.add(line);
      if (line.startsWith(tag + " ")) {
        break;
      }
      line = readLine();
    }
    return lines;
  }

  public Talk login(String user, String password) throws IOException {
    expectOk(readLine());
    expectOk(ask("USER " + user));
    expectOk(ask("PASS " + password));
    return this;
  }

  public Talk startTls(SSLContext context, String host) throws IOException {
    var tls = (SSLSocket) context.getSocketFactory().createSocket(socket, host, 1, true);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    tls.setSSLParameters(parameters);
    try {
      tls.startHandshake();
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    socket = tls;
    in = listening(tls);
    return this;
  }

  public void say(String line) throws IOException {
    sayRaw(line + "\r\n");
  }

  public void sayRaw(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public @Nullable String ask(String line) throws IOException {
    say(line);
    return readLine();
  }

  public @Nullable String readLine() throws IOException {
    var line = new ByteArrayOutputStream();
    int each = in.read();
    while (each >= 0 && each != '\n') {
      line.write(each);
      each = in.read();
    }
    if (each < 0 && line.size() == 0) {
      return null;
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  /** The lines of a body up to the dot. */
  public List<String> lines() throws IOException {
    var lines = new ArrayList<String>();
    String line = readLine();
    while (line != null && !line.equals(".")) {
      lines.add(line.startsWith(".") ? line.substring(1) : line);
      line = readLine();
    }
    return lines;
  }

  /** The bytes of a body up to CRLF, dot, CRLF, without the stuffing; CRLF alone ends a line. */
  public byte[] body() throws IOException {
    var body = new ByteArrayOutputStream();
    var line = new ByteArrayOutputStream();
    int last = -1;
    while (true) {
      int each = in.read();
      if (each < 0) {
        throw new IOException("ended in the middle of a body");
      }
      line.write(each);
      if (last == '\r' && each == '\n') {
        byte[] whole = line.toByteArray();
        if (whole.length == 3 && whole[0] == '.') {
          return body.toByteArray();
        }
        int stuffed = whole[0] == '.' ? 1 : 0;
        body.write(whole, stuffed, whole.length - stuffed);
        line.reset();
      }
      last = each;
    }
  }

  public byte[] retrieve(int number) throws IOException {
    expectOk(ask("RETR " + number));
    return body();
  }

  /** Exactly so many bytes. */
  public String readRaw(int count) throws IOException {
    return new String(in.readNBytes(count), StandardCharsets.ISO_8859_1);
  }

  /** All that was read so far, one char for each byte. */
  public String heard() {
    return heard.toString(StandardCharsets.ISO_8859_1);
  }

  /** What the server showed in the handshake. */
  public X509Certificate certificate() throws IOException {
    return (X509Certificate) ((SSLSocket) socket).getSession().getPeerCertificates()[0];
  }

  /** Says that nothing more will be said. */
  public void hangUp() throws IOException {
    socket.shutdownOutput();
  }

  /** How long reads wait from now on. */
  public void timeout(int millis) throws IOException {
    socket.setSoTimeout(millis);
  }

  /** Everything until the peer closes. */
  public byte[] rest() throws IOException {
    return in.readAllBytes();
  }

  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private InputStream listening(Socket source) throws IOException {
    return new FilterInputStream(new BufferedInputStream(source.getInputStream())) {
      @Override
      public int read() throws IOException {
        int each = in.read();
        if (each >= 0) {
          heard.write(each);
        }
        return each;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = in.read(bytes, offset, length);
        if (count > 0) {
          heard.write(bytes, offset, count);
        }
        return count;
      }
    };
  }

  static void expectOk(@Nullable String line) {
    expectStart("+OK", line);
  }

  private static void expectStart(String start, @Nullable String line) {
    if (line == null || !line.startsWith(start)) {
      throw new AssertionError("expected " + start + " but the server said " + line);
    }
  }
}

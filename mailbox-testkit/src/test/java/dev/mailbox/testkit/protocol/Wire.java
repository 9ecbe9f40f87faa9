// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A connection that remembers all that went over it. Texts have one char for each byte. */
final class Wire implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final Pattern LITERAL = Pattern.compile("\\{([0-9]+)\\}$");

  private final List<String> transcript = new ArrayList<>();
  private Socket socket;
  private InputStream in;
  private OutputStream out;

  Wire(URI server) throws IOException {
    socket = new Socket();
    socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), PATIENCE_MILLIS);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  void send(String text) throws IOException {
    note("C: ", text);
    out.write(text.getBytes(ISO_8859_1));
    out.flush();
  }

  /** The next line without its end, or null when there is none. */
  @Nullable String line() throws IOException {
    var bytes = new ByteArrayOutputStream();
    int each = read();
    while (each >= 0 && each != '\n') {
      bytes.write(each);
      each = read();
    }
    String line = bytes.toString(ISO_8859_1);
    if (each < 0 && line.isEmpty()) {
      note("", "(closed by the server)");
      return null;
    }
    note("S: ", line);
    if (each < 0 || !line.endsWith("\r")) {
      throw new IOException("a line that does not end with CRLF: " + line);
    }
    return line.substring(0, line.length() - 1);
  }

  private int read() throws IOException {
    try {
      return in.read();
    } catch (SocketException | EOFException e) {
      return -1;
    }
  }

  /** The next line with the literals in it and what follows them. */
  @Nullable String lineWithLiterals() throws IOException {
    String line = line();
    if (line == null) {
      return null;
    }
    var whole = new StringBuilder(line);
    Matcher literal = LITERAL.matcher(line);
    while (literal.find()) {
      int size = Integer.parseInt(literal.group(1));
      String content = new String(in.readNBytes(size), ISO_8859_1);
      note("S: ", content);
      String more = line();
      whole.append("\r\n").append(content).append(more);
      literal = LITERAL.matcher(more == null ? "" : more);
    }
    return whole.toString();
  }

  void startTls(SSLContext context) throws IOException {
    note("", "(TLS)");
    if (in.available() > 0) {
      throw new IOException("the server sent more before TLS");
    }
    var tls = (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", 1, true);
    tls.startHandshake();
    socket = tls;
    in = new BufferedInputStream(tls.getInputStream());
    out = tls.getOutputStream();
  }

  void startDeflate() {
    note("", "(deflate)");
    in = new BufferedInputStream(new InflaterInputStream(in, new Inflater(true)));
    out =
        new DeflaterOutputStream(out, new Deflater(Deflater.DEFAULT_COMPRESSION, true), 512, true);
  }

  /** All that was said, as people read it. */
  String transcript() {
    return String.join("\n", transcript);
  }

  private void note(String who, String text) {
    String shown = text.endsWith("\r\n") ? text.substring(0, text.length() - 2) : text;
    transcript.add(who + readable(shown));
  }

  static String readable(String bytes) {
    String text = new String(bytes.getBytes(ISO_8859_1), UTF_8);
    return (text.indexOf('\uFFFD') < 0 ? text : bytes).replace("\r\n", "\n   ").replace("\r", "");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

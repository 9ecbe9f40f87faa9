// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.cyrus;

import dev.mailbox.testkit.internal.net.LineInput;
import dev.mailbox.testkit.internal.net.Loopback;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A session of IMAP with a server that takes LITERAL+, as little as it needs to put mail in and to
 * look at it.
 */
final class ImapTalk implements AutoCloseable {
  private static final Pattern LITERAL = Pattern.compile("\\{([0-9]+)}$");
  private static final String TAG = "t";

  private final Socket socket;
  private final OutputStream out;
  private final LineInput in;

  /** An untagged reply: its text, in which {@code {n}} stands for literals, and those. */
  record Reply(String text, List<byte[]> literals) {}

  /**
   * How a command ended: {@code OK ...}, {@code NO ...} or {@code BAD ...}, and what came before.
   */
  record Answer(String status, List<Reply> replies) {
    boolean isOk() {
      return status.startsWith("OK");
    }

    /** This, if it is an OK. */
    Answer orFail(String command) {
      if (!isOk()) {
        throw new IllegalStateException("Cyrus answers " + status + " to " + command);
      }
      return this;
    }
  }

  private ImapTalk(Socket socket) throws IOException {
    this.socket = socket;
    this.out = socket.getOutputStream();
    this.in = new LineInput(socket.getInputStream(), () -> {});
  }

  /** Connects and logs in. */
  static ImapTalk login(int port, String user, String password) throws IOException {
    var socket = new Socket(Loopback.ADDRESS, port);
    try {
      socket.setSoTimeout(20_000);
      socket.setTcpNoDelay(true);
      var talk = new ImapTalk(socket);
      String greeting = talk.line();
      if (!greeting.startsWith("* OK")) {
        throw new IOException("Cyrus greets with " + greeting);
      }
      Answer unused = talk.ask("LOGIN " + quoted(user) + " " + quoted(password)).orFail("LOGIN");
      return talk;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /** Sends a command without literals. */
  Answer ask(String command) throws IOException {
    return send(ascii(TAG + " " + command + "\r\n"));
  }

  /** Sends a command that ends with a literal. */
  Answer ask(String command, byte[] literal) throws IOException {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(ascii(TAG + " " + command + " {" + literal.length + "+}\r\n"));
    bytes.writeBytes(literal);
    bytes.writeBytes(ascii("\r\n"));
    return send(bytes.toByteArray());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private Answer send(byte[] command) throws IOException {
    out.write(command);
    out.flush();
    List<Reply> replies = new ArrayList<>();
    while (true) {
      Reply reply = reply();
      if (reply.text().startsWith(TAG + " ")) {
        return new Answer(reply.text().substring(TAG.length() + 1), replies);
      }
      replies.add(reply);
    }
  }

  private Reply reply() throws IOException {
    var text = new StringBuilder();
    List<byte[]> literals = new ArrayList<>();
    while (true) {
      String line = line();
      text.append(line);
      Matcher literal = LITERAL.matcher(line);
      if (!literal.find()) {
        return new Reply(text.toString(), literals);
      }
      literals.add(in.readBytes(Integer.parseInt(literal.group(1))));
    }
  }

  private String line() throws IOException {
    String line = in.readLine();
    if (line == null) {
      throw new IOException("Cyrus has closed the connection");
    }
    return line;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}

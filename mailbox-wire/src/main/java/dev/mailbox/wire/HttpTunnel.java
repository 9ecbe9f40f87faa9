// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;

/** Asks an HTTP proxy for a tunnel: CONNECT, RFC 9110 section 9.3.6. */
final class HttpTunnel {
  private static final int LONGEST_ANSWER = 16 * 1024;

  private HttpTunnel() {}

  static void open(RawSocket socket, Endpoint endpoint) throws IOException {
    String request = "CONNECT " + endpoint + " HTTP/1.1\r\nHost: " + endpoint + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    String status = answer(socket.getInputStream());
    if (!status.matches("HTTP/1\\.[01] 2\\d\\d( .*)?")) {
      throw new ProtocolException(Escape.latin1(status));
    }
  }

  /** Reads up to the empty line, and no byte more: what follows belongs to the server. */
  private static String answer(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!isWhole(head)) {
      int b = in.read();
      if (b < 0 || head.length() == LONGEST_ANSWER) {
        throw new ProtocolException("no answer to CONNECT");
      }
      head.append((char) b);
    }
    return head.substring(0, head.indexOf("\n")).strip();
  }

  private static boolean isWhole(StringBuilder head) {
    int length = head.length();
    int from = Math.max(0, length - 3);
    return head.indexOf("\n\r\n", from) >= 0 || head.indexOf("\n\n", from) >= 0;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Watches for STARTTLS or STLS, and when the server agrees ends TLS on both sides. What is read of
 * either side passes here on the thread that reads it, before it is passed on; that thread makes
 * the handshake, for a handshake reads.
 */
final class TlsUpgrade {
  private static final Pattern ASKED =
      Pattern.compile("(?:^|\\n)(?:(\\S+) STARTTLS|STLS) *\\r?\\n$", Pattern.CASE_INSENSITIVE);
  private static final int TAIL = 200;
  private static final byte HANDSHAKE = 0x16;

  private final Contexts contexts;
  private final CountDownLatch clientDone = new CountDownLatch(1);
  private final CountDownLatch serverDone = new CountDownLatch(1);
  private String said = "\n";
  private String reply = "";
  private volatile @Nullable Pattern answer;
  private volatile boolean agreed;

  /** What to show clients, and whom to trust as the server. */
  record Contexts(SSLContext front, SSLContext back) {}

  TlsUpgrade(Contexts contexts) {
    this.contexts = contexts;
  }

  /** Whether these bytes of the client are the start of a handshake, which is then made. */
  boolean tookFromClient(byte[] bytes, Side client) throws IOException, InterruptedException {
    if (agreed && clientDone.getCount() > 0 && bytes[0] == HANDSHAKE) {
      client.startTls(contexts.front, bytes);
      clientDone.countDown();
      // What it says now must not leave before the server can read it.
      serverDone.await();
      return true;
    }
    if (!agreed) {
      said = tail(said + new String(bytes, ISO_8859_1));
      Matcher asked = ASKED.matcher(said);
      if (asked.find()) {
        reply = "";
        String tag = asked.group(1);
        answer =
            Pattern.compile(
                tag == null
                    ? "(?:^|\\n)(\\+OK|-ERR)[^\\n]*\\n"
                    : "(?:^|\\n)" + Pattern.quote(tag) + " (OK|NO|BAD)[^\\n]*\\n",
                Pattern.CASE_INSENSITIVE);
      }
    }
    return false;
  }

  /** Whether with these bytes the server agreed to start TLS. */
  boolean isAgreedWith(byte[] bytes) {
    Pattern expected = answer;
    if (expected == null || agreed) {
      return false;
    }
    reply = reply + new String(bytes, ISO_8859_1);
    Matcher matcher = expected.matcher(reply);
    if (!matcher.find()) {
      return false;
    }
    answer = null;
    agreed = matcher.group(1).endsWith("OK");
    return agreed;
  }

  /** Makes the handshake with the server. */
  void startWithServer(Side server) throws IOException {
    server.joinTls(contexts.back);
    serverDone.countDown();
  }

  /** Blocks until the client can read TLS, or the connection is over. */
  void awaitClient() throws InterruptedException {
    clientDone.await();
  }

  /** The connection is over; nobody need wait. */
  void abandon() {
    clientDone.countDown();
    serverDone.countDown();
  }

  private static String tail(String text) {
    return text.substring(Math.max(0, text.length() - TAIL));
  }
}

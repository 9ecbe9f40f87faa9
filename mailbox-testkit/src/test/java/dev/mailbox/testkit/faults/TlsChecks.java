// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.testkit.Talk;
import dev.mailbox.testkit.faults.Trial.Check;
import dev.mailbox.testkit.tls.ServerCertificate;
import dev.mailbox.testkit.tls.TestCertificates;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** What goes wrong with handshakes, on a port of implicit TLS. */
final class TlsChecks {
  /** The first byte of a record that has an alert in it, which is not hidden before TLS 1.3. */
  private static final byte ALERT = 21;

  private static final int RECORD_HEADER = 5;

  private TlsChecks() {}

  static void addTo(Map<String, Check> checks, Function<Trial, String> url) {
    checks.put("tls-expired", shows(url, TestCertificates::expired));
    checks.put("tls-wrong-host", shows(url, TestCertificates::wrongHost));
    checks.put("tls-self-signed", shows(url, TestCertificates::selfSigned));
    checks.put("tls-closed", trial -> assertThat(trial.client(url.apply(trial)).rest()).isEmpty());
    checks.put(
        "tls-reset",
        trial ->
            assertThatThrownBy(trial.client(url.apply(trial))::rest)
                .isInstanceOf(SocketException.class));
    checks.put("tls-stalled", trial -> stalls(trial.client(url.apply(trial))));
    checks.put(
        "tls-garbage",
        trial -> assertThat(trial.client(url.apply(trial)).rest()).isEqualTo(random(64)));
  }

  static byte[] random(int count) {
    var bytes = new byte[count];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  /** For one handshake; the next shows what is right. */
  private static Check shows(
      Function<Trial, String> url, Function<TestCertificates, ServerCertificate> which) {
    return trial -> {
      TestCertificates certificates = trial.server().certificates();
      Talk gullible = trial.client(url.apply(trial));
      assertThat(certificateOf(gullible)).isEqualTo(which.apply(certificates).certificate());
      Talk strict = trial.client(url.apply(trial));
      assertThat(strict.startTls(certificates.clientContext(), "localhost").readLine())
          .contains("OK");
    };
  }

  private static X509Certificate certificateOf(Talk client) throws IOException {
    return client.startTls(trusting(), "localhost").certificate();
  }

  private static void stalls(Talk client) throws IOException {
    client.timeout(50);
    client.say("a NOOP");
    assertThatThrownBy(client::readLine).isInstanceOf(SocketTimeoutException.class);
  }

  /** Hears this over TLS, then FIN with no alert of closure before it. */
  static void cut(Trial trial, String url, String[] lines, String expected) throws IOException {
    try (var socket = new Tapped("localhost", URI.create(url).getPort());
        var tls =
            (SSLSocket)
                trial
                    .server()
                    .certificates()
                    .clientContext()
                    .getSocketFactory()
                    .createSocket(socket, "localhost", 1, true)) {
      tls.setEnabledProtocols(new String[] {"TLSv1.2"});
      var said = String.join("\r\n", lines) + "\r\n";
      tls.getOutputStream().write(said.getBytes(ISO_8859_1));
      assertThat(new String(allOf(tls.getInputStream()), ISO_8859_1)).endsWith(expected);
      assertThat(socket.lastRecord()).isNotEqualTo(ALERT);
    }
  }

  private static byte[] allOf(InputStream in) throws IOException {
    var all = new ByteArrayOutputStream();
    try {
      in.transferTo(all);
    } catch (SSLException e) {
      // Some releases of Java take an end without an alert for an attack, as they may.
      assertThat(e).hasMessageContaining("close");
    }
    return all.toByteArray();
  }

  /** Keeps what comes from the server as it comes. */
  private static final class Tapped extends Socket {
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    Tapped(String host, int port) throws IOException {
      super(host, port);
    }

    /** The type of the last record that came. */
    byte lastRecord() {
      byte[] all = heard.toByteArray();
      byte last = 0;
      int at = 0;
      while (at + RECORD_HEADER <= all.length) {
        last = all[at];
        at += RECORD_HEADER + ((all[at + 3] & 0xff) << 8) + (all[at + 4] & 0xff);
      }
      return last;
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
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
  }

  private static SSLContext trusting() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Everybody()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Looks at nothing, so that a client sees what it is shown. */
  private static final class Everybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}

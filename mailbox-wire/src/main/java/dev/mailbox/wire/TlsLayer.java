// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import java.io.IOException;
import java.net.Socket;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Lays TLS 1.2 or 1.3 over a socket, with the host name verified (RFC 8314, RFC 9325). */
final class TlsLayer {
  private static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");

  private TlsLayer() {}

  /** The TLS socket, before its handshake. */
  static SSLSocket over(Socket raw, ConnectOptions options) throws IOException {
    Endpoint endpoint = options.endpoint();
    SSLSocket socket =
        (SSLSocket)
            context(options)
                .getSocketFactory()
                .createSocket(raw, endpoint.host(), endpoint.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    List<String> offered = Arrays.asList(socket.getSupportedProtocols());
    parameters.setProtocols(VERSIONS.stream().filter(offered::contains).toArray(String[]::new));
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setServerNames(serverNames(endpoint));
    socket.setSSLParameters(parameters);
    return socket;
  }

  /** The name for SNI (RFC 6066, section 3), which addresses and names of odd form do not have. */
  private static List<SNIServerName> serverNames(Endpoint endpoint) {
    if (endpoint.isAddress()) {
      return List.of();
    }
    try {
      return List.of(new SNIHostName(endpoint.host()));
    } catch (IllegalArgumentException e) {
      return List.of();
    }
  }

  private static SSLContext context(ConnectOptions options) throws IOException {
    if (options.sslContext().isPresent()) {
      return options.sslContext().get();
    }
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IOException("the JVM's default TLS context cannot be made", e);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.protocol;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A server of somebody else with one user, as {@code imap://user:password@host:port}. */
record ExternalServer(String name, URI imap) implements ProtocolServer {

  @Override
  public URI pop3() {
    return imap;
  }

  /** Anybody: such servers are tried, and vouch for themselves. */
  @Override
  public SSLContext tls() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Anybody()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public boolean isTalkative() {
    return true;
  }

  @Override
  public User user(String script) {
    String[] login = imap.getUserInfo().split(":", 2);
    return new Known(login[0], login[1]);
  }

  @Override
  public void close() {}

  private record Known(String name, String password) implements User {
    @Override
    public boolean isFresh() {
      return false;
    }

    @Override
    public void deliver(byte[] mail) {
      throw new IllegalStateException("there is no way past the protocol");
    }

    @Override
    public boolean hasQuota() {
      return false;
    }

    @Override
    public void quota(long bytes) {
      throw new IllegalStateException("there is no way past the protocol");
    }
  }

  private static final class Anybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}

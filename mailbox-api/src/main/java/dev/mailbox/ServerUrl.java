// SPDX-License-Identifier: Apache-2.0
package dev.mailbox;

import dev.mailbox.connect.TlsMode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** The parts of a server's URL. */
record ServerUrl(String scheme, String user, String host, int port, TlsMode tlsMode) {
  static final ServerUrl NONE = new ServerUrl("store", "", "", 0, TlsMode.IMPLICIT);

  static ServerUrl parse(String url) {
    URI uri = uri(url);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    String host = uri.getHost();
    if (host == null || host.isEmpty()) {
      throw new IllegalArgumentException(
          "a mailbox URL looks like pop3s://host or imaps://host; an @ in a user's name is %40");
    }
    if (uri.getPath() != null && !uri.getPath().isEmpty() && !uri.getPath().equals("/")) {
      throw new IllegalArgumentException("a mailbox URL has no path: name folders in the program");
    }
    int port = uri.getPort() == -1 ? defaultPort(scheme) : uri.getPort();
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("the port must be a number from 1 to 65535: " + port);
    }
    return new ServerUrl(scheme, user(uri), unbracketed(host), port, tlsMode(scheme, uri));
  }

  private static URI uri(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      // Neither the exception nor its message is passed on: the URL may hold a secret.
      throw new IllegalArgumentException("not a URL: pop3s://host or imaps://host expected");
    }
  }

  private static String user(URI uri) {
    String user = uri.getUserInfo() == null ? "" : uri.getUserInfo();
    if (user.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "a mailbox URL must not hold a password: URLs are shown and logged");
    }
    return user;
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static int defaultPort(String scheme) {
    return switch (scheme) {
      case "pop3s" -> 995;
      case "pop3" -> 110;
      case "imaps" -> 993;
      case "imap" -> 143;
      default ->
          throw new IllegalArgumentException(
              "a mailbox URL starts with pop3s:, pop3:, imaps: or imap:");
    };
  }

  private static TlsMode tlsMode(String scheme, URI uri) {
    String query = uri.getQuery();
    if (query != null && !query.isEmpty()) {
      if (query.equals("tls=none")) {
        return TlsMode.NONE;
      }
      throw new IllegalArgumentException("the only parameter of a mailbox URL is ?tls=none");
    }
    return scheme.endsWith("s") ? TlsMode.IMPLICIT : TlsMode.STARTTLS;
  }

  boolean isNone() {
    return scheme.equals("store");
  }

  /** Whether the host is loopback by its text: no name is resolved to find out. */
  boolean isLoopback() {
    return host.equalsIgnoreCase("localhost")
        || host.equals("::1")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  @Override
  public String toString() {
    return isNone() ? "store" : scheme + "://" + host + ":" + port;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server to connect to.
 *
 * <p>A value; brackets around an IPv6 address and a trailing dot are dropped, an internationalized
 * name is kept in its ASCII form.
 *
 * @param host a host name, or an IPv4 or IPv6 address
 * @param port 1 to 65535
 * @param security how the connection is protected
 */
public record Endpoint(String host, int port, Security security) {
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("([0-9a-fA-F:.]+)(%[A-Za-z0-9._-]+)?");

  /**
   * Checks and normalizes the parts.
   *
   * @throws IllegalArgumentException if the host is empty or not a host name, or the port is out of
   *     range
   */
  public Endpoint {
    host = normalized(host);
    Objects.requireNonNull(security, "security");
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port must be 1 to 65535: " + port);
    }
  }

  /** Whether the host is written as an IP address, so that there is no name to look up. */
  boolean isAddress() {
    return host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
  }

  /** Host and port as people write them, an IPv6 address in brackets. */
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  private static String normalized(String host) {
    String plain = host;
    if (plain.startsWith("[") && plain.endsWith("]")) {
      plain = plain.substring(1, plain.length() - 1);
    }
    if (plain.endsWith(".")) {
      plain = plain.substring(0, plain.length() - 1);
    }
    if (plain.indexOf(':') >= 0) {
      return ipv6(plain);
    }
    plain = ascii(plain);
    if (plain.isEmpty() || !plain.chars().allMatch(Endpoint::isHostChar)) {
      throw new IllegalArgumentException("not a host name");
    }
    return plain;
  }

  /** Checks the address; its scope, if any, is for the system to judge. */
  private static String ipv6(String address) {
    Matcher matcher = IPV6.matcher(address);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a host name");
    }
    try {
      // With only these characters it is an address or an error, and never looked up.
      InetAddress.getByName("[" + matcher.group(1) + "]");
      return address;
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not a host name", e);
    }
  }

  private static String ascii(String name) {
    try {
      return IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not a host name", e);
    }
  }

  private static boolean isHostChar(int c) {
    return c > ' ' && c < 0x7f && "\"'/\\<>()@,;#?".indexOf(c) < 0;
  }
}

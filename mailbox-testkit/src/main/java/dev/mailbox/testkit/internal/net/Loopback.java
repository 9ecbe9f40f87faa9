// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.net;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** 127.0.0.1, never ::1, because ports are free or taken for each of them apart. */
public final class Loopback {
  /** The address that all servers of the testkit listen on. */
  public static final InetAddress ADDRESS = address();

  private Loopback() {}

  private static InetAddress address() {
    try {
      return InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}

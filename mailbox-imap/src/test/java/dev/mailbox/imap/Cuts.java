// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import dev.mailbox.testkit.proxy.Closing;
import dev.mailbox.testkit.proxy.Direction;
import dev.mailbox.testkit.proxy.FaultProxy;
import dev.mailbox.testkit.proxy.ProxyFault;
import java.util.ArrayList;
import java.util.List;

/**
 * A place where a connection is cut.
 *
 * @param direction which way the bytes go that are counted
 * @param bytes after how many
 * @param ending how
 */
record Cuts(Direction direction, long bytes, Closing ending) {

  /** Cuts at places that lie evenly in what a connection has carried, the same number each way. */
  static List<Cuts> spread(FaultProxy proxy, int connection, int eachWay) {
    List<Cuts> cuts = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      long all = proxy.bytes(connection, direction);
      for (int i = 0; i < eachWay; i++) {
        Closing ending = i % 2 == 0 ? Closing.FIN : Closing.RESET;
        cuts.add(new Cuts(direction, all * i / eachWay, ending));
      }
    }
    return cuts;
  }

  /** Cuts the next connection so. */
  void arm(FaultProxy proxy) {
    proxy.next(ProxyFault.cut(direction, bytes, ending));
  }
}

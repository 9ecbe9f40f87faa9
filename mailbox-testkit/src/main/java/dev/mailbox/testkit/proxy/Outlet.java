// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

import java.io.IOException;

/** Where the bytes of one direction leave, as far as the valve lets them. For one thread. */
final class Outlet {
  private final ProxiedConnection connection;
  private final Direction direction;
  private final Valve valve;
  private final Side to;
  private long due;

  Outlet(ProxiedConnection connection, Direction direction, Side to) {
    this.connection = connection;
    this.direction = direction;
    this.valve = connection.valve(direction);
    this.to = to;
  }

  /** The time before which what follows must not leave. */
  void due(long time) {
    due = time;
  }

  void pass(byte[] bytes, int offset, int length) throws IOException, InterruptedException {
    int at = offset;
    while (at < offset + length) {
      int part = valve.admit(offset + length - at, due);
      if (part == Valve.SHUT) {
        return;
      }
      connection.recorder().add(direction, bytes, at, part);
      to.write(bytes, at, part);
      valve.written();
      at += part;
      connection.settle();
    }
  }

  void finish() throws InterruptedException {
    if (valve.admit(0, due) != Valve.SHUT) {
      to.finish();
    }
  }
}

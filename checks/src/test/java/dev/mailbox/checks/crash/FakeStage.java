// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.checks.crash;

import dev.mailbox.testkit.FakeAccount;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.FakePop3;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** A server in memory, for each scene its own. */
final class FakeStage implements Stage {
  private final FakeMailServer server = FakeMailServer.start();
  private final FakeAccount alice = server.user("alice", "secret");

  FakeStage() {
    server.clock().stop(Instant.parse("2026-03-01T12:00:00Z"));
  }

  FakePop3 pop3() {
    return server.pop3();
  }

  @Override
  public FakeAccount user() {
    return alice;
  }

  @Override
  public int port() {
    return server.pop3().port();
  }

  @Override
  public void settle() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (server.openConnections() > 0) {
      if (System.nanoTime() > end) {
        throw new AssertionError("a session does not end:\n" + server.transcript());
      }
      LockSupport.parkNanos(100_000);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}

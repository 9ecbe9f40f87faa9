// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.wire.TestServer.Peer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ResourcesTest {

  @Test
  void idleConnectionGivesItsBuffersBackAndTakesThemAgain() throws Exception {
    List<byte[]> all = drainPool();
    try (TestServer server =
            TestServer.running(
                peer -> {
                  for (int i = 0; i < 2; i++) {
                    peer.send("+OK " + peer.line() + "\r\n");
                  }
                  peer.hang();
                });
        Connection connection = server.connect()) {
      noop(connection);
      assertThat(Buffers.free()).isZero();

      connection.releaseBuffers();
      assertThat(Buffers.free()).isEqualTo(2);
      connection.releaseBuffers();
      assertThat(Buffers.free()).isEqualTo(2);

      noop(connection);
      assertThat(Buffers.free()).isZero();
    }
    all.forEach(Buffers::give);
  }

  @Test
  void bufferWithUnreadBytesStays() throws Exception {
    List<byte[]> all = drainPool();
    try (TestServer server =
            TestServer.running(
                peer -> {
                  peer.send("+OK one\r\n+OK two\r\n");
                  peer.hang();
                });
        Connection connection = server.connect()) {
      connection.reader().readLine();
      connection.releaseBuffers();

      assertThat(Buffers.free()).isZero();
      assertThat(connection.reader().readLine().text()).isEqualTo("+OK two");
    }
    all.forEach(Buffers::give);
  }

  @Test
  void connectionsLeaveNoThreadButTheOneWatchdog() throws Exception {
    try (TestServer server = TestServer.running(Peer::hang)) {
      for (int i = 0; i < 50; i++) {
        try (Connection connection = server.connect()) {
          connection.writer().write(Command.named("NOOP").build());
          connection.writer().flush();
        }
      }
    }

    assertThat(wireThreads()).hasSizeLessThanOrEqualTo(1).allMatch(Thread::isDaemon);
  }

  private static void noop(Connection connection) throws Exception {
    connection.writer().write(Command.named("NOOP").build());
    connection.writer().flush();
    connection.expectReply();
    assertThat(connection.reader().readLine().text()).isEqualTo("+OK NOOP");
  }

  private static List<byte[]> drainPool() {
    List<byte[]> all = new ArrayList<>();
    while (Buffers.free() > 0) {
      all.add(Buffers.take());
    }
    return all;
  }

  private static List<Thread> wireThreads() throws InterruptedException {
    List<Thread> found = new ArrayList<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("mailbox-wire-lookup")) {
        thread.join(5_000);
      }
      if (thread.isAlive() && thread.getName().startsWith("mailbox-wire")) {
        found.add(thread);
      }
    }
    return found;
  }
}

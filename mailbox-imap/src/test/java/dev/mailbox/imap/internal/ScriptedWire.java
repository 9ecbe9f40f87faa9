// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal;

import dev.mailbox.testkit.script.ConnectionHandler;
import dev.mailbox.testkit.script.ScriptedServer;
import dev.mailbox.wire.ConnectOptions;
import dev.mailbox.wire.Connection;
import dev.mailbox.wire.Endpoint;
import dev.mailbox.wire.Limits;
import dev.mailbox.wire.Security;
import dev.mailbox.wire.Timeouts;
import java.time.Duration;

/** A connection to a server that says what a test tells it to. */
public final class ScriptedWire implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ScriptedServer server = ScriptedServer.start();
  private final Connection connection;

  private ScriptedWire(ConnectionHandler handler, Limits limits) {
    server.next(handler);
    Timeouts timeouts =
        Timeouts.builder().connect(PATIENCE).greeting(PATIENCE).reply(PATIENCE).build();
    connection =
        Connection.to(
            ConnectOptions.to(new Endpoint("localhost", server.port(), Security.NONE))
                .timeouts(timeouts)
                .limits(limits)
                .build());
  }

  /** A connection, not made yet, that is served so. */
  public static ScriptedWire to(ConnectionHandler handler) {
    return new ScriptedWire(handler, Limits.forImap());
  }

  /** The same within limits other than those of IMAP. */
  public static ScriptedWire to(ConnectionHandler handler, Limits limits) {
    return new ScriptedWire(handler, limits);
  }

  /** The client's end. */
  public Connection connection() {
    return connection;
  }

  /** The server's end. */
  public ScriptedServer server() {
    return server;
  }

  @Override
  public void close() {
    connection.close();
    server.close();
  }
}

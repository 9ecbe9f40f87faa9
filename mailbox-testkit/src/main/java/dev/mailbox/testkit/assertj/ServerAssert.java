// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.assertj;

import dev.mailbox.testkit.internal.net.Await;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.assertj.core.api.AbstractAssert;

/**
 * About a server: its connections, and what clients said. A command is named as in {@code "UID
 * FETCH"}, or with arguments; case does not matter.
 */
public final class ServerAssert extends AbstractAssert<ServerAssert, Object> {
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Seen seen;

  /** A server as far as it is asserted about. */
  record Seen(
      String name, IntSupplier connections, IntSupplier open, Supplier<Commands> commands) {}

  ServerAssert(Seen seen) {
    super(seen, ServerAssert.class);
    this.seen = seen;
  }

  /** That so many connections were accepted so far. */
  public ServerAssert hasConnections(int count) {
    int had = seen.connections.getAsInt();
    return require(had == count, "to have had " + count + " connections but it had " + had);
  }

  /** That its clients have closed all connections; it waits two seconds for them to arrive here. */
  public ServerAssert hasNoOpenConnections() {
    boolean none = Await.until(() -> seen.open.getAsInt() == 0, GRACE);
    return require(none, "to have no open connections but it has " + seen.open.getAsInt());
  }

  /** That clients sent that command, once or more. */
  public ServerAssert heard(String command) {
    return check(CommandCheck.once(command));
  }

  /** That clients sent that command so many times. */
  public ServerAssert heard(String command, int times) {
    return check(CommandCheck.times(command, times));
  }

  /** That clients sent none of these commands. */
  public ServerAssert neverHeard(String... commands) {
    return check(CommandCheck.never(commands));
  }

  /** That clients sent these commands one behind the other; others may have come between them. */
  public ServerAssert heardInOrder(String... commands) {
    return check(CommandCheck.inOrder(commands));
  }

  private ServerAssert check(CommandCheck check) {
    Commands commands = seen.commands.get();
    String problem = check.problem(commands);
    return require(problem.isEmpty(), "to hear " + problem + "; " + commands);
  }

  private ServerAssert require(boolean holds, String expectation) {
    if (!holds) {
      failWithMessage("%s", "expected " + seen.name + " " + expectation);
    }
    return this;
  }
}

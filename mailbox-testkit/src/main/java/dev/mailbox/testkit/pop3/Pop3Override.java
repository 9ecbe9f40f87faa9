// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.pop3;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ScriptedPop3} does otherwise with certain commands. First say when ({@link #once},
 * {@link #first}, {@link #nth}; else always), then what. It holds from the moment that the last
 * method says what; later overrides win over earlier ones. Matching commands are counted over all
 * connections.
 */
public final class Pop3Override {
  private final ScriptedPop3 server;
  private final String prefix;
  private final AtomicInteger seen = new AtomicInteger();
  private int from = 1;
  private int to = Integer.MAX_VALUE;
  private volatile boolean used;
  private @Nullable Fault fault;
  private @Nullable Runnable action;

  Pop3Override(ScriptedPop3 server, String prefix) {
    this.server = server;
    this.prefix = prefix.toUpperCase(Locale.ROOT);
  }

  /** Only the first such command. */
  public Pop3Override once() {
    return first(1);
  }

  /** Only the first so many such commands. */
  public Pop3Override first(int count) {
    from = 1;
    to = count;
    return this;
  }

  /** Only this one of such commands; the first is 1. */
  public Pop3Override nth(int number) {
    from = number;
    to = number;
    return this;
  }

  /** Answers this line, and the command has no effect. CRLF is added. */
  public ScriptedPop3 reply(String line) {
    return with(new Fault.Instead(line + "\r\n", false));
  }

  /** Answers exactly these bytes, one for each char, and the command has no effect. */
  public ScriptedPop3 replyRaw(String bytes) {
    return with(new Fault.Instead(bytes, false));
  }

  /** Does what the command asks, for example commits at QUIT, but answers this line. */
  public ScriptedPop3 obeyButReply(String line) {
    return with(new Fault.Instead(line + "\r\n", true));
  }

  /** Closes the connection (FIN). The command has no effect and no reply. */
  public ScriptedPop3 close() {
    return with(new Fault.Unanswered(Fault.Ending.CLOSE));
  }

  /** Resets the connection. The command has no effect and no reply. */
  public ScriptedPop3 reset() {
    return with(new Fault.Unanswered(Fault.Ending.RESET));
  }

  /** Never answers. The command has no effect. The session lasts until the client leaves. */
  public ScriptedPop3 stall() {
    return with(new Fault.Unanswered(Fault.Ending.STALL));
  }

  /**
   * Obeys, sends so many bytes of the reply, counted from its status line, then closes (FIN). With
   * 0 the command has taken effect and the client does not know.
   */
  public ScriptedPop3 closeAfter(long replyBytes) {
    return with(new Fault.Partial(replyBytes, Fault.Ending.CLOSE));
  }

  /** As {@link #closeAfter}, with a reset, which may overtake bytes that were sent. */
  public ScriptedPop3 resetAfter(long replyBytes) {
    return with(new Fault.Partial(replyBytes, Fault.Ending.RESET));
  }

  /** Obeys, sends so many bytes of the reply, then nothing more until the client leaves. */
  public ScriptedPop3 stallAfter(long replyBytes) {
    return with(new Fault.Partial(replyBytes, Fault.Ending.STALL));
  }

  /** Leaves off the final line with the dot, and goes on with the next command. */
  public ScriptedPop3 withoutTerminator() {
    return with(new Fault.NoTerminator());
  }

  /** Sends the reply byte by byte with this gap before each. */
  public ScriptedPop3 drip(Duration gap) {
    return with(new Fault.Dripped(gap));
  }

  /** Sends the reply as changed by this function, which sees all of it with its terminator. */
  public ScriptedPop3 rewrite(UnaryOperator<byte[]> change) {
    return with(new Fault.Rewritten(change));
  }

  /** Runs this before the command, which then goes on as it would without this override. */
  public ScriptedPop3 run(Runnable before) {
    action = before;
    return server.add(this);
  }

  /** Counts a command that matches; true when this override is meant for it. */
  boolean claims(String command) {
    String upper = command.toUpperCase(Locale.ROOT);
    if (!upper.equals(prefix) && !upper.startsWith(prefix + " ")) {
      return false;
    }
    int number = seen.incrementAndGet();
    boolean claimed = number >= from && number <= to;
    used |= claimed;
    return claimed;
  }

  @Nullable Fault fault() {
    return fault;
  }

  void runAction() {
    if (action != null) {
      action.run();
    }
  }

  boolean isUsed() {
    return used;
  }

  @Override
  public String toString() {
    return "override of " + prefix;
  }

  private ScriptedPop3 with(Fault chosen) {
    fault = chosen;
    return server.add(this);
  }
}

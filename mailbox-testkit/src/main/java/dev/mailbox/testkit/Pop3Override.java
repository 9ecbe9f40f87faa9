// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.mailbox.testkit.fault.Ending;
import dev.mailbox.testkit.fault.Fault;
import dev.mailbox.testkit.fault.NamedFault;
import dev.mailbox.testkit.internal.fault.Rule;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * What a {@link FakePop3} does otherwise with certain commands. First say when ({@link #once},
 * {@link #first}, {@link #nth}; else always), then what. It holds from the moment that the last
 * method says what; later overrides win over earlier ones, which do not count as used then.
 * Matching commands are counted over all connections.
 */
public final class Pop3Override {
  private final FakePop3 server;
  private final Rule<String> rule;

  Pop3Override(FakePop3 server, List<String> names) {
    this(server, names, String.join(" or ", names));
  }

  Pop3Override(FakePop3 server, NamedFault fault) {
    this(server, fault.commands(), fault.name());
  }

  private Pop3Override(FakePop3 server, List<String> names, String shown) {
    List<String> wanted = names.stream().map(name -> name.toUpperCase(Locale.ROOT)).toList();
    this.server = server;
    this.rule =
        new Rule<>(
            shown,
            occasion -> wanted.stream().anyMatch(prefix -> isMeant(occasion.command(), prefix)));
  }

  /** Only in sessions of this user, and where a command asks to let this user in. */
  public Pop3Override user(String name) {
    rule.where(occasion -> occasion.user().equals(name));
    return this;
  }

  /**
   * Only some of such commands: each with this probability, drawn from a sequence that is the same
   * with the same seed.
   *
   * @param probability from 0 to 1
   * @throws IllegalArgumentException if it is not
   */
  public Pop3Override sometimes(double probability, long seed) {
    rule.sometimes(probability, seed);
    return this;
  }

  /** Only the first such command. */
  public Pop3Override once() {
    return first(1);
  }

  /**
   * Only the first so many such commands.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public Pop3Override first(int count) {
    rule.range(1, count);
    return this;
  }

  /**
   * Only this one of such commands; the first is 1.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public Pop3Override nth(int number) {
    rule.range(number, number);
    return this;
  }

  /** Answers this line, and the command has no effect. CRLF is added. */
  public FakePop3 reply(String line) {
    return meet(new Fault.Instead(line + "\r\n", false, Ending.NONE));
  }

  /** Answers exactly these bytes, one for each char, and the command has no effect. */
  public FakePop3 replyRaw(String bytes) {
    return meet(new Fault.Instead(bytes, false, Ending.NONE));
  }

  /** Does what the command asks, for example commits at QUIT, but answers this line. */
  public FakePop3 obeyButReply(String line) {
    return meet(new Fault.Instead(line + "\r\n", true, Ending.NONE));
  }

  /** Closes the connection (FIN). The command has no effect and no reply. */
  public FakePop3 close() {
    return meet(new Fault.Unanswered(Ending.CLOSE));
  }

  /** Resets the connection. The command has no effect and no reply. */
  public FakePop3 reset() {
    return meet(new Fault.Unanswered(Ending.RESET));
  }

  /** Never answers. The command has no effect. The session lasts until the client leaves. */
  public FakePop3 stall() {
    return meet(new Fault.Unanswered(Ending.STALL));
  }

  /**
   * Obeys, sends so many bytes of the reply, counted from its status line, then closes (FIN). With
   * 0 the command has taken effect and the client does not know.
   */
  public FakePop3 closeAfter(long replyBytes) {
    return meet(new Fault.Partial(replyBytes, Ending.CLOSE));
  }

  /** As {@link #closeAfter}, with a reset, which may overtake bytes that were sent. */
  public FakePop3 resetAfter(long replyBytes) {
    return meet(new Fault.Partial(replyBytes, Ending.RESET));
  }

  /** Obeys, sends so many bytes of the reply, then nothing more until the client leaves. */
  public FakePop3 stallAfter(long replyBytes) {
    return meet(new Fault.Partial(replyBytes, Ending.STALL));
  }

  /** Leaves off the final line with the dot, and goes on with the next command. */
  public FakePop3 withoutTerminator() {
    return rewrite(Pop3Override::withoutLastLine);
  }

  /** Sends the reply byte by byte with this gap before each. */
  public FakePop3 drip(Duration gap) {
    return meet(new Fault.Dripped(gap));
  }

  /** Sends the reply as changed by this function, which sees all of it with its terminator. */
  public FakePop3 rewrite(UnaryOperator<byte[]> change) {
    return meet(new Fault.Rewritten(change));
  }

  /** Runs this before the command, which then goes on as it would without this override. */
  public FakePop3 run(Runnable before) {
    rule.action(before);
    return server.add(rule);
  }

  /** Any other fault. */
  public FakePop3 meet(Fault fault) {
    rule.fault(fault);
    return server.add(rule);
  }

  /** Each time one of these, drawn from a sequence that is the same with the same seed. */
  public FakePop3 meetOneOf(List<Fault> faults, long seed) {
    rule.oneOf(faults, seed);
    return server.add(rule);
  }

  /** As {@link #meetOneOf}, and it may be that it never happens. */
  void meetPerhaps(List<NamedFault> faults, long seed) {
    rule.optional();
    FakePop3 unused = meetOneOf(faults.stream().map(NamedFault::fault).toList(), seed);
  }

  @Override
  public String toString() {
    return rule.toString();
  }

  private static boolean isMeant(String command, String prefix) {
    String upper = command.toUpperCase(Locale.ROOT);
    return upper.equals(prefix) || upper.startsWith(prefix + " ");
  }

  private static byte[] withoutLastLine(byte[] reply) {
    String text = new String(reply, ISO_8859_1);
    boolean terminated = text.endsWith("\r\n.\r\n");
    return terminated ? Arrays.copyOf(reply, reply.length - 3) : reply;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import dev.mailbox.testkit.fault.Ending;
import dev.mailbox.testkit.fault.Fault;
import dev.mailbox.testkit.fault.NamedFault;
import dev.mailbox.testkit.imap.ImapCommand;
import dev.mailbox.testkit.internal.fault.Rule;
import dev.mailbox.testkit.internal.imap.ReplyBytes;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What a {@link FakeImap} does otherwise with certain commands. First say which and when ({@link
 * #where}; {@link #once}, {@link #first}, {@link #nth}; else always), then what. It holds from the
 * moment that the last method says what; later overrides win over earlier ones, which do not count
 * as used then. Matching commands are counted over all connections.
 *
 * <p>In what is said, <code>{tag}</code> stands for the tag of the command, and <code>{next}</code>
 * for the tag that follows when a client counts on. Text is ISO 8859-1, one byte for each char.
 */
public final class ImapOverride {
  private final FakeImap server;
  private final Rule<ImapCommand> rule;

  ImapOverride(FakeImap server, List<String> names) {
    this(server, names, String.join(" or ", names));
  }

  ImapOverride(FakeImap server, NamedFault fault) {
    this(server, fault.commands(), fault.name());
  }

  private ImapOverride(FakeImap server, List<String> names, String shown) {
    List<String> wanted = names.stream().map(name -> name.toUpperCase(Locale.ROOT)).toList();
    this.server = server;
    this.rule = new Rule<>(shown, occasion -> wanted.contains(occasion.command().name()));
  }

  /** Only such commands for which this holds. Others are not counted. */
  public ImapOverride where(Predicate<ImapCommand> holds) {
    rule.where(occasion -> holds.test(occasion.command()));
    return this;
  }

  /** Only in sessions of this user, and where a command asks to let this user in. */
  public ImapOverride user(String name) {
    rule.where(occasion -> occasion.user().equals(name));
    return this;
  }

  /** Only while this folder is selected. */
  public ImapOverride folder(String name) {
    rule.where(occasion -> occasion.folder().equals(name));
    return this;
  }

  /**
   * Only some of such commands: each with this probability, drawn from a sequence that is the same
   * with the same seed.
   *
   * @param probability from 0 to 1
   * @throws IllegalArgumentException if it is not
   */
  public ImapOverride sometimes(double probability, long seed) {
    rule.sometimes(probability, seed);
    return this;
  }

  /** Only the first such command. */
  public ImapOverride once() {
    return first(1);
  }

  /**
   * Only the first so many such commands.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public ImapOverride first(int count) {
    rule.range(1, count);
    return this;
  }

  /**
   * Only this one of such commands; the first is 1.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public ImapOverride nth(int number) {
    rule.range(number, number);
    return this;
  }

  /** Refuses with NO and this text, such as {@code [OVERQUOTA] full}; it has no effect. */
  public FakeImap no(String text) {
    return replyRaw("{tag} NO " + text + "\r\n");
  }

  /** Refuses with BAD and this text; it has no effect. */
  public FakeImap bad(String text) {
    return replyRaw("{tag} BAD " + text + "\r\n");
  }

  /** Says BYE and this text, closes, and does nothing else. */
  public FakeImap bye(String text) {
    return meet(new Fault.Instead("* BYE " + text + "\r\n", false, Ending.CLOSE));
  }

  /** Answers these lines, then the tagged OK; the command has no effect. CRLFs are added. */
  public FakeImap reply(String... untagged) {
    return replyRaw(lines(untagged) + "{tag} OK done\r\n");
  }

  /** Answers exactly these bytes; the command has no effect. */
  public FakeImap replyRaw(String bytes) {
    return meet(new Fault.Instead(bytes, false, Ending.NONE));
  }

  /** Does what the command asks, but answers only these lines. CRLFs are added. */
  public FakeImap obeyButReply(String... lines) {
    return meet(new Fault.Instead(lines(lines), true, Ending.NONE));
  }

  /** Obeys, and says these lines before the reply. CRLFs are added. */
  public FakeImap untaggedFirst(String... lines) {
    return meet(new Fault.Surrounded(lines(lines), ""));
  }

  /** Obeys, and says these lines behind the reply, when no command asks for any. */
  public FakeImap untaggedAfter(String... lines) {
    return meet(new Fault.Surrounded("", lines(lines)));
  }

  /** Obeys, and then answers the next command before it was sent, if its tag can be guessed. */
  public FakeImap answerNextEarly() {
    return meet(new Fault.Surrounded("", "{next} OK before you asked\r\n"));
  }

  /** Obeys, but puts another tag on the reply. */
  public FakeImap wrongTag() {
    return rewrite(ReplyBytes::withOtherTag);
  }

  /** Obeys, but announces each literal with so many bytes more, or fewer, than it has. */
  public FakeImap literalsOffBy(int bytes) {
    return rewrite(reply -> ReplyBytes.withLiteralsOffBy(reply, bytes));
  }

  /** Obeys, but leaves off the tagged line, and goes on with the next command. */
  public FakeImap withoutTagged() {
    return rewrite(ReplyBytes::withoutLastLine);
  }

  /**
   * Refuses at the first literal that the client must not send unasked, with a status and text such
   * as {@code NO [TOOBIG] too large}. The literal must not come, the command has no effect.
   */
  public FakeImap refuseLiteral(String statusAndText) {
    return meet(new Fault.AtLiteral("{tag} " + statusAndText + "\r\n", Ending.NONE));
  }

  /** Closes (FIN) where the client waits to be let send a literal. */
  public FakeImap closeAtLiteral() {
    return meet(new Fault.AtLiteral("", Ending.CLOSE));
  }

  /** Closes the connection (FIN). The command has no effect and no reply. */
  public FakeImap close() {
    return meet(new Fault.Unanswered(Ending.CLOSE));
  }

  /** Resets the connection. The command has no effect and no reply. */
  public FakeImap reset() {
    return meet(new Fault.Unanswered(Ending.RESET));
  }

  /** Never answers. The command has no effect. The session lasts until the client leaves. */
  public FakeImap stall() {
    return meet(new Fault.Unanswered(Ending.STALL));
  }

  /**
   * Obeys, sends so many bytes of the reply, then closes (FIN). With 0 the command has taken effect
   * and the client does not know.
   */
  public FakeImap closeAfter(long replyBytes) {
    return meet(new Fault.Partial(replyBytes, Ending.CLOSE));
  }

  /** As {@link #closeAfter}, with a reset, which may overtake bytes that were sent. */
  public FakeImap resetAfter(long replyBytes) {
    return meet(new Fault.Partial(replyBytes, Ending.RESET));
  }

  /** Obeys, sends so many bytes of the reply, then nothing more until the client leaves. */
  public FakeImap stallAfter(long replyBytes) {
    return meet(new Fault.Partial(replyBytes, Ending.STALL));
  }

  /** Sends the reply byte by byte with this gap before each. */
  public FakeImap drip(Duration gap) {
    return meet(new Fault.Dripped(gap));
  }

  /** Sends the reply as changed by this function, which sees all of it with its tagged line. */
  public FakeImap rewrite(UnaryOperator<byte[]> change) {
    return meet(new Fault.Rewritten(change));
  }

  /** Runs this before the command, which then goes on as it would without this override. */
  public FakeImap run(Runnable before) {
    rule.action(before);
    return server.add(rule);
  }

  /** Any other fault. */
  public FakeImap meet(Fault fault) {
    rule.fault(fault);
    return server.add(rule);
  }

  /** Each time one of these, drawn from a sequence that is the same with the same seed. */
  public FakeImap meetOneOf(List<Fault> faults, long seed) {
    rule.oneOf(faults, seed);
    return server.add(rule);
  }

  /** As {@link #meetOneOf}, and it may be that it never happens. */
  void meetPerhaps(List<NamedFault> faults, long seed) {
    rule.optional();
    FakeImap unused = meetOneOf(faults.stream().map(NamedFault::fault).toList(), seed);
  }

  @Override
  public String toString() {
    return rule.toString();
  }

  private static String lines(String... lines) {
    return lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n";
  }
}

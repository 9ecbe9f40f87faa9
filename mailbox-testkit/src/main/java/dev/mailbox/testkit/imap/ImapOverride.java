// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.imap;

import dev.mailbox.testkit.imap.ImapFault.Ending;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ScriptedImap} does otherwise with certain commands. First say which and when
 * ({@link #where}; {@link #once}, {@link #first}, {@link #nth}; else always), then what. It holds
 * from the moment that the last method says what; later overrides win over earlier ones. Matching
 * commands are counted over all connections.
 *
 * <p>In what is said, <code>{tag}</code> stands for the tag of the command, and <code>{next}</code>
 * for the tag that follows when a client counts on. Text is ISO 8859-1, one byte for each char.
 */
public final class ImapOverride {
  private final ScriptedImap server;
  private final String name;
  private final AtomicInteger seen = new AtomicInteger();
  private Predicate<ImapCommand> condition = command -> true;
  private int from = 1;
  private int to = Integer.MAX_VALUE;
  private volatile boolean used;
  private @Nullable ImapFault fault;
  private @Nullable Runnable action;

  ImapOverride(ScriptedImap server, String name) {
    this.server = server;
    this.name = name.toUpperCase(Locale.ROOT);
  }

  /** Only such commands for which this holds. Others are not counted. */
  public ImapOverride where(Predicate<ImapCommand> holds) {
    condition = holds;
    return this;
  }

  /** Only the first such command. */
  public ImapOverride once() {
    return first(1);
  }

  /** Only the first so many such commands. */
  public ImapOverride first(int count) {
    from = 1;
    to = count;
    return this;
  }

  /** Only this one of such commands; the first is 1. */
  public ImapOverride nth(int number) {
    from = number;
    to = number;
    return this;
  }

  /** Refuses with NO and this text, such as {@code [OVERQUOTA] full}; it has no effect. */
  public ScriptedImap no(String text) {
    return replyRaw("{tag} NO " + text + "\r\n");
  }

  /** Refuses with BAD and this text; it has no effect. */
  public ScriptedImap bad(String text) {
    return replyRaw("{tag} BAD " + text + "\r\n");
  }

  /** Says BYE and this text, closes, and does nothing else. */
  public ScriptedImap bye(String text) {
    return with(new ImapFault.Instead("* BYE " + text + "\r\n", false, true));
  }

  /** Answers these lines, then the tagged OK; the command has no effect. CRLFs are added. */
  public ScriptedImap reply(String... untagged) {
    return replyRaw(lines(untagged) + "{tag} OK done\r\n");
  }

  /** Answers exactly these bytes; the command has no effect. */
  public ScriptedImap replyRaw(String bytes) {
    return with(new ImapFault.Instead(bytes, false, false));
  }

  /** Does what the command asks, but answers only these lines. CRLFs are added. */
  public ScriptedImap obeyButReply(String... lines) {
    return with(new ImapFault.Instead(lines(lines), true, false));
  }

  /** Obeys, and says these lines before the reply. CRLFs are added. */
  public ScriptedImap untaggedFirst(String... lines) {
    return with(new ImapFault.Surrounded(lines(lines), ""));
  }

  /** Obeys, and says these lines behind the reply, when no command asks for any. */
  public ScriptedImap untaggedAfter(String... lines) {
    return with(new ImapFault.Surrounded("", lines(lines)));
  }

  /** Obeys, and then answers the next command before it was sent, if its tag can be guessed. */
  public ScriptedImap answerNextEarly() {
    return with(new ImapFault.Surrounded("", "{next} OK before you asked\r\n"));
  }

  /** Obeys, but puts another tag on the reply. */
  public ScriptedImap wrongTag() {
    return rewrite(ReplyBytes::withOtherTag);
  }

  /** Obeys, but announces each literal with so many bytes more, or fewer, than it has. */
  public ScriptedImap literalsOffBy(int bytes) {
    return rewrite(reply -> ReplyBytes.withLiteralsOffBy(reply, bytes));
  }

  /** Obeys, but leaves off the tagged line, and goes on with the next command. */
  public ScriptedImap withoutTagged() {
    return rewrite(ReplyBytes::withoutLastLine);
  }

  /**
   * Refuses at the first literal that the client must not send unasked, with a status and text such
   * as {@code NO [TOOBIG] too large}. The literal must not come, the command has no effect.
   */
  public ScriptedImap refuseLiteral(String statusAndText) {
    return with(new ImapFault.AtLiteral("{tag} " + statusAndText + "\r\n", Ending.NONE));
  }

  /** Closes (FIN) where the client waits to be let send a literal. */
  public ScriptedImap closeAtLiteral() {
    return with(new ImapFault.AtLiteral("", Ending.CLOSE));
  }

  /** Closes the connection (FIN). The command has no effect and no reply. */
  public ScriptedImap close() {
    return with(new ImapFault.Unanswered(Ending.CLOSE));
  }

  /** Resets the connection. The command has no effect and no reply. */
  public ScriptedImap reset() {
    return with(new ImapFault.Unanswered(Ending.RESET));
  }

  /** Never answers. The command has no effect. The session lasts until the client leaves. */
  public ScriptedImap stall() {
    return with(new ImapFault.Unanswered(Ending.STALL));
  }

  /**
   * Obeys, sends so many bytes of the reply, then closes (FIN). With 0 the command has taken effect
   * and the client does not know.
   */
  public ScriptedImap closeAfter(long replyBytes) {
    return with(new ImapFault.Partial(replyBytes, Ending.CLOSE));
  }

  /** As {@link #closeAfter}, with a reset, which may overtake bytes that were sent. */
  public ScriptedImap resetAfter(long replyBytes) {
    return with(new ImapFault.Partial(replyBytes, Ending.RESET));
  }

  /** Obeys, sends so many bytes of the reply, then nothing more until the client leaves. */
  public ScriptedImap stallAfter(long replyBytes) {
    return with(new ImapFault.Partial(replyBytes, Ending.STALL));
  }

  /** Sends the reply byte by byte with this gap before each. */
  public ScriptedImap drip(Duration gap) {
    return with(new ImapFault.Dripped(gap));
  }

  /** Sends the reply as changed by this function, which sees all of it with its tagged line. */
  public ScriptedImap rewrite(UnaryOperator<byte[]> change) {
    return with(new ImapFault.Rewritten(change));
  }

  /** Runs this before the command, which then goes on as it would without this override. */
  public ScriptedImap run(Runnable before) {
    action = before;
    return server.add(this);
  }

  /** Counts a command that matches; true when this override is meant for it. */
  boolean claims(ImapCommand command) {
    return !isForLiterals() && matches(command);
  }

  /** As {@link #claims}, for a command whose literal was announced but has not come. */
  boolean claimsLiteral(ImapCommand command) {
    return isForLiterals() && matches(command);
  }

  @Nullable ImapFault fault() {
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
    return "override of " + name;
  }

  private boolean isForLiterals() {
    return fault instanceof ImapFault.AtLiteral;
  }

  private boolean matches(ImapCommand command) {
    if (!command.name().equals(name) || !condition.test(command)) {
      return false;
    }
    int number = seen.incrementAndGet();
    boolean claimed = number >= from && number <= to;
    used |= claimed;
    return claimed;
  }

  private ScriptedImap with(ImapFault chosen) {
    fault = chosen;
    return server.add(this);
  }

  private static String lines(String... lines) {
    return lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n";
  }
}

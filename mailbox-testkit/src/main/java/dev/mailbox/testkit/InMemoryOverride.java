// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import dev.mailbox.FolderPath;
import dev.mailbox.Reason;
import dev.mailbox.testkit.fault.Operation;
import dev.mailbox.testkit.internal.fault.Rule;
import dev.mailbox.testkit.internal.memory.Faults;
import java.time.Duration;
import java.util.Set;

/**
 * What an {@link InMemoryServer} does otherwise with certain operations. First say when ({@link
 * #folder}, {@link #once}, {@link #first}, {@link #nth}; else always), then what. It holds from the
 * moment that the last method says what; later overrides win over earlier ones. Matching operations
 * are counted over all mailboxes of the account.
 */
public final class InMemoryOverride {
  private final InMemoryServer server;
  private final Rule<Faults.Request> rule;

  InMemoryOverride(InMemoryServer server, Set<Operation> meant) {
    this.server = server;
    this.rule = new Rule<>(meant.toString(), asked -> meant.contains(asked.command().operation()));
  }

  /** Only if it is about this folder. */
  public InMemoryOverride folder(String name) {
    FolderPath path = FolderPath.parse(name);
    rule.where(asked -> asked.command().folders().contains(path));
    return this;
  }

  /** Only the first such operation. */
  public InMemoryOverride once() {
    return first(1);
  }

  /** Only the first so many such operations. */
  public InMemoryOverride first(int count) {
    rule.range(1, count);
    return this;
  }

  /** Only this one of such operations; the first is 1. */
  public InMemoryOverride nth(int number) {
    rule.range(number, number);
    return this;
  }

  /**
   * Only some of such operations: each with this probability, drawn from a sequence that is the
   * same with the same seed.
   *
   * @param probability from 0 to 1
   */
  public InMemoryOverride sometimes(double probability, long seed) {
    rule.sometimes(probability, seed);
    return this;
  }

  /**
   * It fails for this reason, with the exception that goes with it: of what a server refuses, a
   * {@code RejectedException}, of a broken connection, a {@code ConnectionException}, and so on. An
   * action then is rolled back, or stays in the queue.
   */
  public InMemoryServer fails(Reason reason) {
    return add(new Faults.Failure(reason));
  }

  /**
   * It takes so long. If that is more than the configuration's {@code Timeouts.reply}, it fails
   * with {@link Reason#TIMEOUT} after that.
   */
  public InMemoryServer takes(Duration time) {
    return add(new Faults.Delay(time));
  }

  /** It is never answered: it fails when the configuration's {@code Timeouts.reply} is over. */
  public InMemoryServer stalls() {
    return takes(Duration.ofDays(365));
  }

  /** Runs this before the operation, which then goes on as it would without this override. */
  public InMemoryServer run(Runnable before) {
    rule.action(before);
    return add(new Faults.Nothing());
  }

  private InMemoryServer add(Faults.Effect effect) {
    server.faults().add(rule, effect);
    return server;
  }

  @Override
  public String toString() {
    return rule.toString();
  }
}

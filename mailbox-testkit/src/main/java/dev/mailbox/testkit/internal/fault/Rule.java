// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.fault;

import dev.mailbox.testkit.fault.Fault;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * When a fault happens: to which commands, and to which of those in their order over all
 * connections. Set up by one thread before it is handed to a server; from then on thread-safe.
 */
public final class Rule<C> {
  private final String name;
  private final AtomicInteger seen = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private Predicate<Occasion<C>> condition;
  private int from = 1;
  private int to = Integer.MAX_VALUE;
  private double probability = 1;
  private @Nullable SplittableRandom random;
  private List<Fault> faults = List.of();
  private @Nullable SplittableRandom choice;
  private boolean optional;
  private @Nullable Runnable action;
  private volatile boolean used;

  /**
   * A rule for all commands for which this holds.
   *
   * @param name what it is for, as messages tell it
   */
  public Rule(String name, Predicate<Occasion<C>> condition) {
    this.name = name;
    this.condition = condition;
  }

  /** What it is for, as messages tell it. */
  public String name() {
    return name;
  }

  /** Narrows it; what does not match is not counted. */
  public void where(Predicate<Occasion<C>> holds) {
    condition = condition.and(holds);
  }

  /** Only the first to the last of those that match; the first is 1. */
  public void range(int first, int last) {
    if (last < 1) {
      throw new IllegalArgumentException("the first is 1, not " + last);
    }
    from = first;
    to = last;
  }

  /** Only some of those, the same ones with the same seed. */
  public void sometimes(double share, long seed) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("a probability is from 0 to 1, not " + share);
    }
    probability = share;
    random = drawing("when", seed);
  }

  /** What happens, without a choice. */
  public void fault(Fault chosen) {
    faults = List.of(chosen);
  }

  /** What may happen: each time one of these, the same ones with the same seed. */
  public void oneOf(List<Fault> possible, long seed) {
    faults = List.copyOf(possible);
    choice = drawing("which", seed);
  }

  /** It may be that it is never used. */
  public void optional() {
    optional = true;
  }

  public void action(Runnable before) {
    action = before;
  }

  /** What happens now; null when nothing goes wrong. */
  public @Nullable Fault fault() {
    SplittableRandom chosen = choice;
    if (chosen == null) {
      return faults.isEmpty() ? null : faults.get(0);
    }
    lock.lock();
    try {
      return faults.get(chosen.nextInt(faults.size()));
    } finally {
      lock.unlock();
    }
  }

  /** Whether it is about a literal that was announced, not about a whole command. */
  public boolean isForLiterals() {
    return !faults.isEmpty() && faults.get(0) instanceof Fault.AtLiteral;
  }

  /** Counts a command that matches; true when this rule is meant for it. */
  public boolean claims(Occasion<C> occasion) {
    if (!condition.test(occasion)) {
      return false;
    }
    int number = seen.incrementAndGet();
    return number >= from && number <= to && isDrawn();
  }

  /** Notes that what it says has happened, which a later rule that wins prevents. */
  public void use() {
    used = true;
  }

  /** Runs what is to be run before the command, which counts as use. */
  public void runAction() {
    if (action != null) {
      use();
      action.run();
    }
  }

  /** Whether what it says has happened, or need not. */
  public boolean isUsed() {
    return used || optional;
  }

  @Override
  public String toString() {
    return "override of " + name;
  }

  /** Small seeds, and rules with the same seed, have to draw as if they had nothing in common. */
  private SplittableRandom drawing(String purpose, long seed) {
    long own = new SplittableRandom((name + " " + purpose).hashCode()).nextLong();
    return new SplittableRandom(new SplittableRandom(seed).nextLong() ^ own);
  }

  private boolean isDrawn() {
    SplittableRandom drawn = random;
    if (drawn == null) {
      return true;
    }
    lock.lock();
    try {
      return drawn.nextDouble() < probability;
    } finally {
      lock.unlock();
    }
  }
}

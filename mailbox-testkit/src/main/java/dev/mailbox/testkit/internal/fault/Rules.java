// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.fault;

import dev.mailbox.testkit.fault.Fault;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The rules of one server; later ones win over earlier ones. Thread-safe. */
public final class Rules<C> {
  private final List<Rule<C>> rules = new CopyOnWriteArrayList<>();

  /** No rules. */
  public Rules() {}

  public void add(Rule<C> rule) {
    rules.add(rule);
  }

  public void clear() {
    rules.clear();
  }

  /** What was never used, of all that is still in force. */
  public List<Rule<C>> unused() {
    return rules.stream().filter(rule -> !rule.isUsed()).toList();
  }

  /** Runs the actions for a command, and gives the fault that it meets. */
  public @Nullable Fault meet(Occasion<C> occasion) {
    Fault met = null;
    Rule<C> winner = null;
    for (Rule<C> rule : rules) {
      if (!rule.isForLiterals() && rule.claims(occasion)) {
        rule.runAction();
        Fault fault = rule.fault();
        met = fault == null ? met : fault;
        winner = fault == null ? winner : rule;
      }
    }
    if (winner != null) {
      winner.use();
    }
    return met;
  }

  /** What is to happen where a command announces a literal. */
  public Fault.@Nullable AtLiteral meetAtLiteral(Occasion<C> occasion) {
    Fault.AtLiteral met = null;
    Rule<C> winner = null;
    for (Rule<C> rule : rules) {
      boolean claimed = rule.isForLiterals() && rule.claims(occasion);
      if (claimed && rule.fault() instanceof Fault.AtLiteral fault) {
        met = fault;
        winner = rule;
      }
    }
    if (winner != null) {
      winner.use();
    }
    return met;
  }
}

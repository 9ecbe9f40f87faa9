// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.FolderPath;
import dev.mailbox.Reason;
import dev.mailbox.testkit.fault.Operation;
import dev.mailbox.testkit.internal.fault.Occasion;
import dev.mailbox.testkit.internal.fault.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What goes wrong, and when; later rules win over earlier ones. Thread-safe. */
public final class Faults {
  private final List<When> rules = new CopyOnWriteArrayList<>();

  Faults() {}

  /** What is asked of the server, and for which folders; no folder stands for all. */
  public record Request(Operation operation, List<FolderPath> folders) {
    public Request {
      folders = List.copyOf(folders);
    }
  }

  /** What happens to a request. */
  public sealed interface Effect {}

  /** It fails. */
  public record Failure(Reason reason) implements Effect {}

  /** It takes so long, which may be longer than the client waits. */
  public record Delay(Duration time) implements Effect {}

  /** Only the action of the rule is run. */
  public record Nothing() implements Effect {}

  private record When(Rule<Request> rule, Effect effect) {}

  public void add(Rule<Request> rule, Effect effect) {
    rules.add(new When(rule, effect));
  }

  public void clear() {
    rules.clear();
  }

  /** Rules that were never used. */
  public List<String> unused() {
    return rules.stream().filter(w -> !w.rule.isUsed()).map(w -> w.rule.toString()).toList();
  }

  /** Runs the actions for a request, and gives what else happens to it: delays, then a failure. */
  List<Effect> meet(Request request) {
    List<Effect> met = new ArrayList<>();
    var occasion = new Occasion<>(request, "", "");
    Effect last = new Nothing();
    Rule<Request> failing = null;
    for (When each : rules) {
      if (each.rule.claims(occasion)) {
        each.rule.runAction();
        if (each.effect instanceof Delay) {
          each.rule.use();
          met.add(each.effect);
        } else if (each.effect instanceof Failure) {
          failing = each.rule;
          last = each.effect;
        }
      }
    }
    if (failing != null) {
      failing.use();
    }
    met.add(last);
    return met;
  }
}

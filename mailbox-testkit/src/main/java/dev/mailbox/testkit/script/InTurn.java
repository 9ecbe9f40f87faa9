// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.script;

import dev.mailbox.testkit.script.Step.Happen;
import dev.mailbox.testkit.script.Step.Hear;
import dev.mailbox.testkit.script.Step.HearLiteral;
import dev.mailbox.testkit.script.Step.Say;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Puts pipelined commands behind the replies to those before them. How far ahead a client sends is
 * a matter of time: one that waits for replies must get them, and for one that does not it makes no
 * difference.
 */
final class InTurn {
  private final List<Step> arranged = new ArrayList<>();
  private final Deque<Step> waiting = new ArrayDeque<>();
  private int open = -1;

  private InTurn() {}

  static List<Step> arrange(List<Step> steps) {
    var turns = new InTurn();
    steps.forEach(turns::take);
    turns.letAllCome();
    return List.copyOf(turns.arranged);
  }

  private void take(Step step) {
    if (step instanceof Say say) {
      said(say);
    } else if (step instanceof Happen) {
      letAllCome();
      arranged.add(step);
    } else if (step instanceof Hear hear && hear.command() >= 0) {
      heard(hear);
    } else if (step instanceof HearLiteral ? !waiting.isEmpty() : endsInLiteral(waiting)) {
      waiting.add(step);
    } else {
      // It may be an answer to what the server said last.
      letAllCome();
      arranged.add(step);
    }
  }

  private void heard(Hear hear) {
    if (open >= 0) {
      waiting.add(hear);
    } else {
      open = hear.command();
      arranged.add(hear);
    }
  }

  private void said(Say say) {
    if (say.answers() >= 0 && say.answers() != open && isWaiting(say.answers())) {
      letAllCome();
    }
    arranged.add(say);
    if (say.answers() == open && open >= 0) {
      open = -1;
      letNextCome();
    }
  }

  private static boolean endsInLiteral(Deque<Step> steps) {
    return steps.peekLast() instanceof HearLiteral;
  }

  private boolean isWaiting(int command) {
    return waiting.stream().anyMatch(step -> step instanceof Hear h && h.command() == command);
  }

  /** The next command, with what belongs to it. */
  private void letNextCome() {
    while (!waiting.isEmpty()) {
      if (waiting.peek() instanceof Hear hear && hear.command() >= 0) {
        if (open >= 0) {
          return;
        }
        open = hear.command();
      }
      arranged.add(waiting.remove());
    }
  }

  private void letAllCome() {
    for (Step step : waiting) {
      if (step instanceof Hear hear && hear.command() >= 0) {
        open = hear.command();
      }
      arranged.add(step);
    }
    waiting.clear();
  }
}

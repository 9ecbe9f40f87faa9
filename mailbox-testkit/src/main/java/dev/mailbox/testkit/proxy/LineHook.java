// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What is done at each line of one direction. */
record LineHook(Direction direction, Step step) {

  /** Gives the lines to go on with instead of this one. */
  interface Step {
    List<String> at(String line, ProxiedConnection connection);
  }

  static LineHook rewriting(Direction direction, UnaryOperator<String> change) {
    return new LineHook(direction, (line, c) -> List.of(change.apply(line).split("\r\n", -1)));
  }

  static LineHook dropping(Direction direction, Predicate<String> which) {
    return new LineHook(direction, (line, c) -> which.test(line) ? List.of() : List.of(line));
  }

  static LineHook faults(Direction direction, Predicate<String> which, List<LinkFault> faults) {
    return new LineHook(
        direction,
        (line, connection) -> {
          if (which.test(line)) {
            faults.forEach(fault -> fault.putOn(connection));
          }
          return List.of(line);
        });
  }

  static LineHook running(Direction direction, Predicate<String> which, Runnable action) {
    return new LineHook(
        direction,
        (line, connection) -> {
          if (which.test(line)) {
            action.run();
          }
          return List.of(line);
        });
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.assertj;

import java.util.Arrays;

/** A claim about commands. */
interface CommandCheck {

  /** What was wanted and is not so; empty when all is well. */
  String problem(Commands commands);

  static CommandCheck once(String command) {
    return said -> said.count(command) > 0 ? "" : command;
  }

  static CommandCheck times(String command, int times) {
    return said -> {
      long count = said.count(command);
      return count == times ? "" : command + " " + times + " times, not " + count + " times";
    };
  }

  static CommandCheck never(String... commands) {
    return said ->
        Arrays.stream(commands)
            .filter(command -> said.count(command) > 0)
            .findFirst()
            .map(command -> "no " + command)
            .orElse("");
  }

  static CommandCheck inOrder(String... commands) {
    return said ->
        said.missing(commands)
            .map(
                missing ->
                    String.join(", ", commands) + " in this order, of which " + missing + " lacks")
            .orElse("");
  }
}

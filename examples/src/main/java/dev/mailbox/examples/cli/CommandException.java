// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import java.io.Serial;

/** A command could not do it, for a reason that its own words explain. */
final class CommandException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final ExitCode code;
  private final String hint;

  /**
   * @param hint what to try, or empty
   */
  CommandException(ExitCode code, String message, String hint) {
    super(message);
    this.code = code;
    this.hint = hint;
  }

  static CommandException usage(String message) {
    return new CommandException(ExitCode.USAGE, message, "");
  }

  static CommandException notFound(String message, String hint) {
    return new CommandException(ExitCode.NOT_FOUND, message, hint);
  }

  ExitCode code() {
    return code;
  }

  String hint() {
    return hint;
  }
}

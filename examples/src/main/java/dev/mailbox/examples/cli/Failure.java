// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import dev.mailbox.MailboxException;
import dev.mailbox.MessageGoneException;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.StoreException;
import dev.mailbox.connect.AuthenticationException;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.connect.LimitException;
import dev.mailbox.connect.ProtocolException;
import dev.mailbox.connect.TlsException;
import java.nio.file.InvalidPathException;
import java.util.List;

/**
 * What went wrong, as a person or a script is told.
 *
 * @param code the exit code
 * @param reason the library's reason, or empty
 * @param message one sentence
 * @param hint what to try, or empty
 * @param transcript the end of the conversation with the server, redacted
 */
record Failure(ExitCode code, String reason, String message, String hint, List<String> transcript) {

  static Failure of(Throwable problem) {
    if (problem instanceof MailboxException e) {
      return new Failure(
          code(e), e.reason().name(), text(e), Hints.forReason(e.reason()), e.transcript());
    }
    if (problem instanceof CommandException e) {
      return new Failure(e.code(), "", text(e), e.hint(), List.of());
    }
    if (problem instanceof InvalidPathException e) {
      return new Failure(
          ExitCode.STORE,
          "",
          "this system cannot have a file of that name: " + e.getInput(),
          "if LANG or LC_ALL is unset or POSIX, set it to C.UTF-8",
          List.of());
    }
    return new Failure(
        ExitCode.UNEXPECTED, "", problem.toString(), "--verbose shows where", List.of());
  }

  static Failure usage(String message, String hint) {
    return new Failure(ExitCode.USAGE, "", message, hint, List.of());
  }

  private static String text(Throwable problem) {
    return problem.getMessage() == null ? problem.toString() : problem.getMessage();
  }

  private static ExitCode code(MailboxException problem) {
    if (problem instanceof AuthenticationException) {
      return ExitCode.AUTHENTICATION;
    } else if (problem instanceof ConnectionException) {
      return ExitCode.CONNECTION;
    } else if (problem instanceof TlsException) {
      return ExitCode.TLS;
    } else if (problem instanceof RejectedException) {
      return problem.reason() == Reason.NOT_FOUND ? ExitCode.NOT_FOUND : ExitCode.REJECTED;
    } else if (problem instanceof ProtocolException || problem instanceof LimitException) {
      return ExitCode.PROTOCOL;
    } else if (problem instanceof StoreException) {
      return ExitCode.STORE;
    } else if (problem instanceof MessageGoneException) {
      return ExitCode.NOT_FOUND;
    }
    return ExitCode.UNEXPECTED;
  }
}

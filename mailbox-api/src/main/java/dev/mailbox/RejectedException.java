// SPDX-License-Identifier: Apache-2.0
package dev.mailbox;

import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server understood and said no. The connection is good; the local copy shows what it showed
 * before. Repeating helps only if {@link #reason} is a passing one.
 */
public final class RejectedException extends MailboxException {
  @Serial private static final long serialVersionUID = 1L;

  /** For implementations of the API. */
  public RejectedException(
      Reason reason, String message, @Nullable Throwable cause, List<String> transcript) {
    super(reason, message, cause, transcript);
  }
}

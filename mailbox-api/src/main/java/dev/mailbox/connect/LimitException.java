// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.connect;

import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server sent more than this library takes of such a thing; the message names the limit. The
 * connection was closed, and memory is safe.
 */
public final class LimitException extends MailboxException {
  @Serial private static final long serialVersionUID = 1L;

  /** For implementations of the API. */
  public LimitException(
      Reason reason, String message, @Nullable Throwable cause, List<String> transcript) {
    super(reason, message, cause, transcript);
  }
}

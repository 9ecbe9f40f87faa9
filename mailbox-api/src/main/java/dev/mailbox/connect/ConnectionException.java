// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.connect;

import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server cannot be reached, or the connection broke. Trying again later helps, unless the
 * caller ended the wait itself: {@link Reason#INTERRUPTED}, after which the thread's flag is set,
 * and {@link Reason#CLOSED}.
 */
public final class ConnectionException extends MailboxException {
  @Serial private static final long serialVersionUID = 1L;

  /** For implementations of the API. */
  public ConnectionException(
      Reason reason, String message, @Nullable Throwable cause, List<String> transcript) {
    super(reason, message, cause, transcript);
  }
}

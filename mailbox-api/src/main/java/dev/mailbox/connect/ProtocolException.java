// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.connect;

import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The server's bytes could not be understood. The connection was closed; nothing was deleted. */
public final class ProtocolException extends MailboxException {
  @Serial private static final long serialVersionUID = 1L;

  /** For implementations of the API. */
  public ProtocolException(
      Reason reason, String message, @Nullable Throwable cause, List<String> transcript) {
    super(reason, message, cause, transcript);
  }
}

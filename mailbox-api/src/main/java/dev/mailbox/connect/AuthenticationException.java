// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.connect;

import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server did not accept the credentials. Trying again with the same ones does not help, and may
 * lock the account.
 */
public final class AuthenticationException extends MailboxException {
  @Serial private static final long serialVersionUID = 1L;

  /** For implementations of the API. */
  public AuthenticationException(
      Reason reason, String message, @Nullable Throwable cause, List<String> transcript) {
    super(reason, message, cause, transcript);
  }
}

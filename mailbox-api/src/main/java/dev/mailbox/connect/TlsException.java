// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.connect;

import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connection could not be made safe when it was opened. No secret was sent. Trying again does
 * not help until the certificate, the trust or the server's configuration changes.
 */
public final class TlsException extends MailboxException {
  @Serial private static final long serialVersionUID = 1L;

  /** For implementations of the API. */
  public TlsException(
      Reason reason, String message, @Nullable Throwable cause, List<String> transcript) {
    super(reason, message, cause, transcript);
  }
}

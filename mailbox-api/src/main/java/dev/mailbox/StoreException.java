// SPDX-License-Identifier: Apache-2.0
package dev.mailbox;

import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The local store could not do it: the disk is full, the file is locked, damaged or unreadable.
 * What was durable before still is; what failed was not done, here or on the server.
 */
public final class StoreException extends MailboxException {
  @Serial private static final long serialVersionUID = 1L;

  /** For implementations of the API. */
  public StoreException(Reason reason, String message, @Nullable Throwable cause) {
    super(reason, message, cause, List.of());
  }
}

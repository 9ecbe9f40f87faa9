// SPDX-License-Identifier: Apache-2.0
package dev.mailbox;

import dev.mailbox.connect.AuthenticationException;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.connect.LimitException;
import dev.mailbox.connect.ProtocolException;
import dev.mailbox.connect.TlsException;
import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mailbox could not do what was asked. The subtypes differ in what the caller can do; {@link
 * #reason} tells more.
 *
 * <p>Misuse of the API is an {@link IllegalArgumentException} or {@link IllegalStateException}
 * instead.
 */
public abstract sealed class MailboxException extends RuntimeException
    permits AuthenticationException,
        ConnectionException,
        LimitException,
        MessageGoneException,
        ProtocolException,
        RejectedException,
        StoreException,
        TlsException {
  @Serial private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final transient List<String> transcript;

  /**
   * For the subtypes.
   *
   * @param transcript the end of the conversation with the server, secrets redacted; empty if there
   *     was none
   */
  protected MailboxException(
      Reason reason, String message, @Nullable Throwable cause, List<String> transcript) {
    super(message, cause);
    this.reason = reason;
    this.transcript = List.copyOf(transcript);
  }

  /** Why it failed. */
  public final Reason reason() {
    return reason;
  }

  /**
   * The last lines of the conversation with the server, oldest first, with secrets redacted and
   * control characters escaped; empty where there was no conversation, or after serialization.
   */
  @SuppressWarnings("NullableProblems")
  public final List<String> transcript() {
    // The field is transient: deserialization leaves it null.
    List<String> lines = transcript;
    return lines == null ? List.of() : lines;
  }
}

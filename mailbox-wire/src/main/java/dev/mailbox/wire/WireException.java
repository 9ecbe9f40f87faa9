// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection failed. The connection is closed; nothing more can be done with it.
 *
 * <p>The message names the server and what happened, for a person to read. It never contains a
 * secret.
 */
public abstract sealed class WireException extends IOException
    permits UnreachableException,
        TimedOutException,
        TlsFailedException,
        PeerClosedException,
        LimitExceededException,
        GarbledReplyException,
        CancelledException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> transcript;

  WireException(Scene scene, String what, @Nullable Throwable cause) {
    super(scene.endpoint() + ": " + what, cause);
    transcript = scene.transcript().lines();
  }

  /** The last lines of the dialogue, redacted, oldest first; empty after deserialization. */
  @SuppressWarnings("RedundantNullCheck") // a transient field is null after deserialization
  public final List<String> transcript() {
    return transcript == null ? List.of() : transcript;
  }
}

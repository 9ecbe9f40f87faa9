// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Why a connection ended: decided once, by whichever thread is first, and thrown by the thread that
 * uses the connection. Whatever the socket or the TLS engine says afterwards is only an echo of it.
 */
final class Fate {
  private final AtomicReference<@Nullable Function<Scene, WireException>> ending =
      new AtomicReference<>();

  /** Decides; false if it was decided before. */
  boolean end(Function<Scene, WireException> how) {
    return ending.compareAndSet(null, how);
  }

  boolean isDecided() {
    return ending.get() != null;
  }

  /** The failure to throw, or null while nothing is decided. */
  @Nullable WireException failure(Scene scene) {
    Function<Scene, WireException> how = ending.get();
    return how == null ? null : how.apply(scene);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.FailedAction;
import dev.mailbox.change.Change;
import dev.mailbox.change.FeedPosition;
import java.util.List;

/** What a copy has to tell of its past. Thread-safe. */
public final class Feeding {
  private final Device device;

  Feeding(Device device) {
    this.device = device;
  }

  public List<Change> after(FeedPosition position, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be at least 1");
    }
    return device.read(() -> device.copy().feed().after(position, limit));
  }

  public FeedPosition last() {
    return device.read(() -> device.copy().feed().last());
  }

  public List<FailedAction> failedActions() {
    return device.read(() -> List.copyOf(device.copy().failed()));
  }

  public void clearFailedActions() {
    boolean unused =
        device.read(
            () -> {
              device.copy().failed().clear();
              return true;
            });
  }
}

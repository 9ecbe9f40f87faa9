// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.change.ChangeListener;
import dev.mailbox.change.Watch;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The watches of a mailbox, which end with it. Thread-safe. */
final class Watches {
  private final Device device;
  private final List<MemoryWatch> running = new CopyOnWriteArrayList<>();

  Watches(Device device) {
    this.device = device;
  }

  Watch start(ChangeListener listener) {
    return device.read(
        () -> {
          var watch = new MemoryWatch(device, listener, running::remove);
          running.add(watch);
          watch.start();
          return watch;
        });
  }

  void close() {
    running.forEach(MemoryWatch::close);
  }
}

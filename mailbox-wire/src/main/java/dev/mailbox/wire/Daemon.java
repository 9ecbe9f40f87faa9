// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

/** Starts threads that belong to the process, not to whoever happened to need them first. */
final class Daemon {
  private Daemon() {}

  static void start(String name, Runnable work) {
    Thread thread = new Thread(topGroup(), work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static ThreadGroup topGroup() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    return group;
  }
}

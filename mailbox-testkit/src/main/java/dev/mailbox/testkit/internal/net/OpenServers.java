// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.net;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this JVM has open of the testkit's servers, each with the thread group that opened it, so
 * that a leak check can tell the servers of one test from those of a test that runs beside it.
 */
public final class OpenServers {
  private static final Set<Entry> OPEN = ConcurrentHashMap.newKeySet();

  private OpenServers() {}

  /** Notes an open server; closing the entry strikes it out. */
  public static Entry register(String name) {
    var entry = new Entry(name, Thread.currentThread().getThreadGroup());
    OPEN.add(entry);
    return entry;
  }

  /** Names of the servers that threads of this group opened and nobody has closed, sorted. */
  public static List<String> openedBy(ThreadGroup group) {
    return OPEN.stream().filter(e -> e.group == group).map(e -> e.name).sorted().toList();
  }

  /** One open server. */
  public static final class Entry implements AutoCloseable {
    private final String name;
    private final ThreadGroup group;

    private Entry(String name, ThreadGroup group) {
      this.name = name;
      this.group = group;
    }

    @Override
    public void close() {
      OPEN.remove(this);
    }
  }
}

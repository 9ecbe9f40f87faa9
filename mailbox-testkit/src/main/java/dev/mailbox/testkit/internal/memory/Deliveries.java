// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.FolderPath;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What each receiver of a copy has to hand over. Guarded by the server's lock. */
final class Deliveries {
  private final Copy copy;
  private final Map<String, Map<Long, Waiting>> receivers = new HashMap<>();

  Deliveries(Copy copy) {
    this.copy = copy;
  }

  /** A message that waits, and what came of the attempts so far. */
  record Waiting(Placement message, int attempts, String problem, Instant dueAt) {}

  /** What the receiver of that name has to hand over, by the numbers of the messages. */
  Map<Long, Waiting> of(String receiver) {
    return receivers.computeIfAbsent(receiver, name -> made());
  }

  private Map<Long, Waiting> made() {
    Map<Long, Waiting> waiting = new TreeMap<>();
    copy.in(FolderPath.INBOX).forEach(message -> add(waiting, message));
    copy.listedIn(FolderPath.INBOX).forEach(message -> add(waiting, message));
    return waiting;
  }

  private static void add(Map<Long, Waiting> waiting, Placement message) {
    waiting.put(message.number(), new Waiting(message, 0, "", Instant.EPOCH));
  }

  /** A message has come from the server. */
  void arrived(Placement message) {
    if (message.folder().equals(FolderPath.INBOX)) {
      receivers.values().forEach(waiting -> add(waiting, message));
    }
  }

  /** Whether there are receivers, and all have handled a message of the server's inbox. */
  boolean isHandled(Placement message) {
    boolean isInInbox =
        message.place().filter(place -> place.folder().equals(FolderPath.INBOX)).isPresent();
    return isInInbox
        && !receivers.isEmpty()
        && receivers.values().stream().noneMatch(w -> w.containsKey(message.number()));
  }

  void forget(String receiver) {
    receivers.remove(receiver);
  }
}

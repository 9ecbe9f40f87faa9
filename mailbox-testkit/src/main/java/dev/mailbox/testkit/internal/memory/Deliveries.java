// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.ContentId;
import dev.mailbox.FolderPath;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What each receiver of a copy has to hand over. Guarded by the server's lock. */
final class Deliveries {
  private final Copy copy;
  private final Map<String, Map<Long, Waiting>> receivers = new HashMap<>();

  Deliveries(Copy copy) {
    this.copy = copy;
  }

  /** A message that waits or was handled, and what came of the attempts so far. */
  record Waiting(
      Placement message,
      ContentId key,
      boolean isHandled,
      int attempts,
      String problem,
      Instant dueAt) {
    /** The same after it was handled. */
    Waiting handled() {
      return new Waiting(message, key, true, attempts, problem, dueAt);
    }

    /** The same after another attempt has failed. */
    Waiting failed(int newAttempts, String newProblem, Instant newDueAt) {
      return new Waiting(message, key, false, newAttempts, newProblem, newDueAt);
    }
  }

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
    waiting.put(
        message.number(), new Waiting(message, message.body().id(), false, 0, "", Instant.EPOCH));
  }

  /** A message has come from the server. */
  void arrived(Placement message) {
    if (message.folder().equals(FolderPath.INBOX)) {
      receivers.values().forEach(waiting -> add(waiting, message));
    }
  }

  /** Whether a message arrived in the server's inbox, and all receivers have handled it. */
  boolean isHandled(Placement message) {
    boolean isInInbox =
        message.place().filter(place -> place.folder().equals(FolderPath.INBOX)).isPresent();
    List<Waiting> known =
        receivers.values().stream()
            .flatMap(all -> Stream.ofNullable(all.get(message.number())))
            .toList();
    return isInInbox && !known.isEmpty() && known.stream().allMatch(Waiting::isHandled);
  }

  void forget(String receiver) {
    receivers.remove(receiver);
  }
}

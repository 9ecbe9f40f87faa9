// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.MessageId;
import dev.mailbox.Residence;
import dev.mailbox.ServerId.ImapUid;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message in a folder of a copy: what is shown, and where the server has it. Guarded by the
 * server's lock.
 */
final class Placement {
  /** By arrival, newest first; of those that arrived at once, the one that was seen last. */
  static final Comparator<Placement> NEWEST_FIRST =
      Comparator.comparing((Placement p) -> p.receivedAt).thenComparing(p -> p.number).reversed();

  private final MessageId id;
  private final long number;
  private final Instant receivedAt;
  private Body body;
  private FolderPath folder;
  private Set<Flag> flags;
  private Set<Flag> serverFlags;
  private Residence residence;
  private @Nullable Place place;
  private @Nullable Place lastPlace;
  private @Nullable Instant durableAt;
  private boolean deleted;
  private boolean unconfirmed;

  /** Where the server has a message, and how it names it there. */
  record Place(FolderPath folder, ImapUid key) {}

  /** What a message is when it is first seen. */
  record Start(Body body, FolderPath folder, Instant receivedAt, Set<Flag> flags) {}

  Placement(MessageId id, long number, Start start, Residence residence) {
    this.id = id;
    this.number = number;
    this.body = start.body();
    // As finely as stores on disk have it.
    this.receivedAt = start.receivedAt().truncatedTo(ChronoUnit.MILLIS);
    this.folder = start.folder();
    this.flags = Set.copyOf(start.flags());
    this.serverFlags = this.flags;
    this.residence = residence;
  }

  MessageId id() {
    return id;
  }

  /** Grows from one message to the next. */
  long number() {
    return number;
  }

  Body body() {
    return body;
  }

  void body(Body newBody) {
    body = newBody;
  }

  Instant receivedAt() {
    return receivedAt;
  }

  FolderPath folder() {
    return folder;
  }

  void folder(FolderPath newFolder) {
    folder = newFolder;
  }

  Set<Flag> flags() {
    return flags;
  }

  void flags(Set<Flag> shown) {
    flags = Set.copyOf(shown);
  }

  /** What the server had when it was last looked at. */
  Set<Flag> serverFlags() {
    return serverFlags;
  }

  void serverFlags(Set<Flag> there) {
    serverFlags = Set.copyOf(there);
  }

  Residence residence() {
    return residence;
  }

  boolean livesOnServer() {
    return residence == Residence.SERVER;
  }

  /** From now on this is the only copy. */
  void liveHere() {
    residence = Residence.LOCAL;
    place = null;
  }

  /** Where the server has it; empty if it does not, or not yet. */
  Optional<Place> place() {
    return Optional.ofNullable(place);
  }

  void place(@Nullable Place newPlace) {
    place = newPlace;
    lastPlace = newPlace == null ? lastPlace : newPlace;
  }

  /** How the server names it, or did when it had it. */
  Optional<ImapUid> lastKey() {
    return Optional.ofNullable(lastPlace).map(Place::key);
  }

  void durable(Instant at) {
    body.arrived();
    durableAt = durableAt == null ? at : durableAt;
  }

  Optional<Instant> durableAt() {
    return Optional.ofNullable(durableAt);
  }

  /** Whether the server was asked to lose it and nobody knows what came of it. */
  boolean isUnconfirmed() {
    return unconfirmed && place != null;
  }

  void unconfirmed(boolean isUnconfirmed) {
    unconfirmed = isUnconfirmed;
  }

  /** Whether it was deleted here, and the server does not know yet. */
  boolean isDeleted() {
    return deleted;
  }

  void deleted(boolean isDeleted) {
    deleted = isDeleted;
  }
}

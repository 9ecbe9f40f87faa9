// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.FolderPath;
import dev.mailbox.Reason;
import dev.mailbox.Residence;
import dev.mailbox.ServerId.ImapUid;
import dev.mailbox.change.Change;
import dev.mailbox.sync.SyncProblem;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.sync.SyncScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compares a folder of a copy with the server's. Guarded by the server's lock. */
final class Listing {
  /** For how many messages IMAP asks at once. */
  static final int BATCH = 100;

  private final Device device;
  private final Copy copy;
  private final Box box;
  private final SyncReport.Builder report;
  private final List<Held> toDownload = new ArrayList<>();
  private final List<Held> headers = new ArrayList<>();
  private int leftOut;

  Listing(Device device, FolderPath folder, SyncReport.Builder report) {
    this.device = device;
    this.copy = device.copy();
    this.box = device.server().require(folder);
    this.report = report;
  }

  /** The messages whose bodies are wanted, in the order in which they come. */
  List<Held> toDownload() {
    toDownload.sort(Comparator.comparing(Held::uid));
    return livesOnServer() ? inBatches(toDownload) : toDownload;
  }

  /** Those of which the headers came, in that order. */
  List<Held> headers() {
    return headers;
  }

  /** How many messages are not here. */
  int leftOut() {
    return leftOut;
  }

  FolderPath folder() {
    return box.path();
  }

  /** Whether the server still has it. */
  boolean isThere(Held message) {
    return device.server().box(box.path()).flatMap(b -> b.find(message.uid())).isPresent();
  }

  /** The message as it is here, if it is. */
  Optional<Placement> known(Held message) {
    return copy.listed(box.key(message));
  }

  private boolean livesOnServer() {
    return copy.residence() == Residence.SERVER;
  }

  Listing follow() {
    renumber();
    forgetWhatIsGone();
    List<Held> messages = box.messages();
    for (int i = 0; i < messages.size(); i++) {
      Held held = messages.get(i);
      Optional<Placement> known = copy.listed(box.key(held));
      if (known.isPresent()) {
        follow(known.get(), held);
      } else if (!isInScope(held, messages.size() - 1 - i)) {
        leave();
      } else {
        take(held);
      }
    }
    orderHeaders();
    headers.forEach(this::takeHeader);
    return this;
  }

  private void leave() {
    report.outOfScope(1);
    leftOut++;
  }

  private void take(Held held) {
    boolean tooLarge = isTooLarge(held);
    if (tooLarge && !livesOnServer()) {
      tellTooLarge(held);
      leave();
    } else if (!tooLarge && device.policy().isToDownload(arrival(held))) {
      toDownload.add(held);
    } else {
      headers.add(held);
    }
  }

  /** POP3 asks for headers one by one, the newest first. */
  private void orderHeaders() {
    List<Held> inOrder = inBatches(headers);
    if (!livesOnServer()) {
      Collections.reverse(headers);
    } else {
      headers.clear();
      headers.addAll(inOrder);
    }
  }

  /** IMAP asks for the newest hundred first, which come oldest first. */
  private static List<Held> inBatches(List<Held> messages) {
    List<Held> ordered = new ArrayList<>();
    for (int end = messages.size(); end > 0; end -= BATCH) {
      ordered.addAll(messages.subList(Math.max(0, end - BATCH), end));
    }
    return ordered;
  }

  private void takeHeader(Held held) {
    Placement unused = place(held, false);
    report.headersOnly(1).bytes(held.content().headerSize());
    if (isTooLarge(held)) {
      tellTooLarge(held);
    }
  }

  /** Messages that have been numbered anew are known by their bytes. */
  private void renumber() {
    Set<ImapUid> taken = new HashSet<>();
    for (Placement each : copy.listedIn(box.path())) {
      if (each.place().orElseThrow().key().uidValidity() != box.uidValidity()) {
        box.messages().stream()
            .filter(m -> m.content().equals(each.body().content()))
            .filter(m -> taken.add(box.key(m)))
            .findFirst()
            .ifPresent(m -> copy.list(each, place(m)));
      }
    }
  }

  private Placement.Place place(Held held) {
    return new Placement.Place(box.path(), box.key(held));
  }

  private void forgetWhatIsGone() {
    Set<ImapUid> there = new HashSet<>();
    box.messages().forEach(held -> there.add(box.key(held)));
    for (Placement each : copy.listedIn(box.path())) {
      if (!there.contains(each.place().orElseThrow().key())) {
        copy.unlist(each);
        if (each.livesOnServer()) {
          copy.hide(each, Change.Cause.REMOVED_ON_SERVER);
        }
      }
    }
  }

  private void follow(Placement known, Held held) {
    if (known.isDeleted()) {
      return;
    }
    boolean stays = !device.policy().removes(known);
    if (livesOnServer() || stays) {
      report.kept(1);
    }
    if (stays) {
      known.unconfirmed(false);
    }
    if (known.livesOnServer()) {
      known.serverFlags(held.flags());
      copy.show(known, copy.withQueued(known, held.flags()));
    }
    boolean wanted = !known.body().isHere() && device.policy().isToDownload(known.receivedAt());
    if (wanted && !isTooLarge(held)) {
      toDownload.add(held);
    }
  }

  private boolean isInScope(Held held, int index) {
    SyncScope scope = device.config().scope();
    return index < scope.newest().orElse(Integer.MAX_VALUE)
        && scope.since().filter(arrival(held)::isBefore).isEmpty();
  }

  private boolean isTooLarge(Held held) {
    return held.content().sizeInBytes() > device.config().maxMessageBytes();
  }

  /** Once for each limit. */
  private void tellTooLarge(Held held) {
    if (copy.leave(box.key(held), device.config().maxMessageBytes())) {
      String size = held.content().sizeInBytes() + " bytes";
      report.problem(
          problem(
              held,
              Reason.LIMIT_EXCEEDED,
              "the message has " + size + ", which is more than is downloaded"));
    }
  }

  /** What went wrong with a message. */
  SyncProblem problem(Held held, Reason reason, String what) {
    String shown =
        livesOnServer() ? box.path() + " UID " + held.uid() : Reader.uidl(box.key(held)).uidl();
    return new SyncProblem(shown, reason, what + "; it stays on the server");
  }

  /** Shows a message of the server, with its body or without. */
  Placement place(Held held, boolean whole) {
    boolean there = copy.residence() == Residence.SERVER;
    Placement placement =
        copy.make(
            new Placement.Start(
                copy.body(held.content(), whole),
                box.path(),
                arrival(held),
                there ? held.flags() : Set.of()),
            copy.residence());
    if (whole) {
      placement.durable(device.now());
    }
    copy.list(placement, place(held));
    copy.show(placement);
    copy.deliveries().arrived(placement);
    return placement;
  }

  /** With POP3 the header is all that tells. */
  private Instant arrival(Held held) {
    return copy.residence() == Residence.SERVER
        ? held.arrivedAt()
        : held.content().arrivedAt().orElse(held.arrivedAt());
  }
}

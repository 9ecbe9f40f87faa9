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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compares a folder of a copy with the server's. Guarded by the server's lock. */
final class Listing {
  private final Device device;
  private final Copy copy;
  private final Box box;
  private final SyncReport.Builder report;
  private final List<New> toDownload = new ArrayList<>();

  Listing(Device device, FolderPath folder, SyncReport.Builder report) {
    this.device = device;
    this.copy = device.copy();
    this.box = device.server().require(folder);
    this.report = report;
  }

  /** A message whose body is wanted. */
  record New(Placement.Place place) {}

  List<New> toDownload() {
    return toDownload;
  }

  Listing follow() {
    renumber();
    forgetWhatIsGone();
    int leftOut = 0;
    List<Held> newestFirst = new ArrayList<>(box.messages());
    Collections.reverse(newestFirst);
    for (int i = 0; i < newestFirst.size(); i++) {
      Held held = newestFirst.get(i);
      Optional<Placement> known = copy.listed(box.key(held));
      if (known.isPresent()) {
        follow(known.get(), held);
      } else if (!isInScope(held, i)) {
        report.outOfScope(1);
        leftOut++;
      } else if (isTooLarge(held)) {
        leftOut++;
      } else {
        take(held);
      }
    }
    copy.require(box.path()).whole(leftOut == 0);
    return this;
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
    report.kept(1);
    if (known.livesOnServer()) {
      known.serverFlags(held.flags());
      copy.show(known, copy.withQueued(known, held.flags()));
    }
    if (!known.body().isHere() && device.policy().isToDownload(known.receivedAt())) {
      toDownload.add(new New(place(held)));
    }
  }

  private boolean isInScope(Held held, int index) {
    SyncScope scope = device.config().scope();
    return index < scope.newest().orElse(Integer.MAX_VALUE)
        && scope.since().filter(arrival(held)::isBefore).isEmpty();
  }

  private boolean isTooLarge(Held held) {
    if (held.content().sizeInBytes() <= device.config().maxMessageBytes()) {
      return false;
    }
    if (copy.left().add(box.key(held))) {
      report.problem(
          new SyncProblem(
              box.key(held).toString(),
              Reason.LIMIT_EXCEEDED,
              "the message is too large, and is left on the server"));
    }
    return true;
  }

  private void take(Held held) {
    if (device.policy().isToDownload(arrival(held))) {
      toDownload.add(new New(place(held)));
    } else {
      Placement unused = place(held, false);
      report.headersOnly(1).bytes(held.content().headers().toString().length());
    }
  }

  /** Shows a message of the server, with its body or without. */
  Placement place(Held held, boolean whole) {
    boolean there = copy.residence() == Residence.SERVER;
    Placement placement =
        copy.make(
            new Placement.Start(
                copy.body(held.content()),
                box.path(),
                arrival(held),
                there ? held.flags() : Set.of()),
            copy.residence());
    if (whole || placement.body().isHere()) {
      placement.durable(Instant.now());
    }
    copy.list(placement, place(held));
    copy.show(placement);
    return placement;
  }

  /** With POP3 the header is all that tells. */
  private Instant arrival(Held held) {
    return copy.residence() == Residence.SERVER
        ? held.arrivedAt()
        : held.content().arrivedAt().orElse(held.arrivedAt());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.FolderPath;
import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.Residence;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.sync.Progress;
import dev.mailbox.sync.Progress.Phase;
import dev.mailbox.sync.ProgressListener;
import dev.mailbox.sync.SyncProblem;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.testkit.fault.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One synchronization: the queue first, then the folders, then what is in them. */
final class SyncRun {
  private static final Set<Reason> PASSING =
      EnumSet.of(Reason.TEMPORARY, Reason.IN_USE, Reason.LOGIN_DELAY, Reason.LIMIT);

  private final Device device;
  private final Server server;
  private final Copy copy;
  private final Set<FolderPath> wanted;
  private final ProgressListener listener;
  private final SyncReport.Builder report = SyncReport.builder();
  private final Span span = Span.of(Duration.ofDays(1));
  private long bytes;

  SyncRun(Device device, Set<FolderPath> wanted, ProgressListener listener) {
    this.device = device;
    this.server = device.server();
    this.copy = device.copy();
    this.wanted = wanted;
    this.listener = listener;
  }

  SyncReport perform() {
    Optional<MailboxException> inTheWay = device.queue().drain();
    inTheWay
        .filter(problem -> !PASSING.contains(problem.reason()))
        .ifPresent(
            problem -> {
              throw problem;
            });
    device.link().ask(Operation.SYNC, List.copyOf(wanted));
    tell(Phase.LISTING, 0, 0);
    for (FolderPath folder : server.change(this::folders)) {
      sync(folder);
    }
    return server.change(
        () -> {
          copy.synced(Instant.now());
          return report.elapsed(span.elapsed()).build();
        });
  }

  private void tell(Phase phase, int done, int total) {
    listener.progress(new Progress(phase, done, total, bytes));
  }

  private List<FolderPath> folders() {
    FolderList list = new FolderList(device);
    boolean unused = list.follow();
    list.missing().forEach(path -> report.note("the server has no folder " + path));
    return wanted.isEmpty() ? list.inScope() : List.copyOf(wanted);
  }

  private void sync(FolderPath folder) {
    try {
      device.link().ask(Operation.LIST, List.of(folder));
      Listing listing = server.change(() -> new Listing(device, folder, report).follow());
      download(folder, listing.toDownload());
      remove(folder);
    } catch (RejectedException e) {
      if (!wanted.isEmpty()) {
        throw e;
      }
      report.problem(
          new SyncProblem(folder.toString(), e.reason(), String.valueOf(e.getMessage())));
    }
  }

  private void download(FolderPath folder, List<Listing.New> all) {
    if (all.isEmpty()) {
      return;
    }
    tell(Phase.DOWNLOADING, 0, all.size());
    for (Listing.New each : all) {
      try {
        device.link().ask(Operation.DOWNLOAD, List.of(folder));
        server.change(() -> arrive(folder, each));
      } catch (RejectedException e) {
        report.problem(
            new SyncProblem(
                each.place().key().toString(), e.reason(), String.valueOf(e.getMessage())));
      }
    }
    tell(Phase.DOWNLOADING, all.size(), all.size());
  }

  /** It may be gone by now. */
  private boolean arrive(FolderPath folder, Listing.New message) {
    Optional<Held> held = server.box(folder).flatMap(b -> b.find(message.place().key().uid()));
    if (held.isEmpty()) {
      return false;
    }
    Placement placement =
        copy.listed(message.place().key())
            .orElseGet(() -> new Listing(device, folder, report).place(held.get(), true));
    copy.bodyArrived(placement, Instant.now());
    report.downloaded(1).bytes(held.get().content().sizeInBytes());
    bytes += held.get().content().sizeInBytes();
    return true;
  }

  /** What the server is to lose, by the configuration or because it was deleted here. */
  private void remove(FolderPath folder) {
    List<Placement> doomed =
        server.read(() -> copy.listedIn(folder).stream().filter(this::isDoomed).toList());
    if (doomed.isEmpty()) {
      return;
    }
    tell(Phase.REMOVING, 0, doomed.size());
    for (Placement each : doomed) {
      try {
        device.link().ask(Operation.DELETE, List.of(folder));
      } catch (ConnectionException e) {
        report.unconfirmed(doomed.size());
        throw e;
      }
      server.change(() -> lose(each));
    }
    tell(Phase.REMOVING, doomed.size(), doomed.size());
  }

  private boolean isDoomed(Placement placement) {
    if (placement.isDeleted()) {
      return copy.residence() == Residence.LOCAL;
    }
    return placement.durableAt().filter(at -> device.policy().isToRemove(at)).isPresent();
  }

  private boolean lose(Placement placement) {
    placement.place().ifPresent(place -> server.remove(place, placement.body().content()));
    copy.unlist(placement);
    placement.liveHere();
    report.deleted(1);
    return true;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.FolderPath;
import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.Residence;
import dev.mailbox.connect.LimitException;
import dev.mailbox.connect.ProtocolException;
import dev.mailbox.sync.Progress.Phase;
import dev.mailbox.sync.ProgressListener;
import dev.mailbox.sync.SyncProblem;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.testkit.fault.Operation;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One synchronization: the queue first, then the folders, then what is in them. */
final class SyncRun {
  private static final Set<Reason> PASSING =
      EnumSet.of(Reason.TEMPORARY, Reason.IN_USE, Reason.LIMIT);

  private final Device device;
  private final Server server;
  private final Copy copy;
  private final Session session;
  private final Set<FolderPath> wanted;
  private final Telling telling;
  private final SyncReport.Builder report = SyncReport.builder();
  private final Span span = Span.of(Duration.ofDays(1));

  SyncRun(Device device, Set<FolderPath> wanted, ProgressListener listener) {
    this.device = device;
    this.server = device.server();
    this.copy = device.copy();
    this.session = device.link().session();
    this.wanted = wanted;
    this.telling = new Telling(listener);
  }

  SyncReport perform() {
    Optional<MailboxException> inTheWay = device.queue().drain(Span.UNBOUNDED, true);
    inTheWay
        .filter(problem -> !isPutOff(problem))
        .ifPresent(
            problem -> {
              throw problem;
            });
    return inSession();
  }

  private static boolean isPutOff(MailboxException problem) {
    return problem instanceof ProtocolException
        || problem instanceof LimitException
        || PASSING.contains(problem.reason());
  }

  private SyncReport inSession() {
    session.ask(Operation.SYNC, List.copyOf(wanted));
    telling.tell(Phase.LISTING, 0, 0);
    for (FolderPath folder : server.change(this::folders)) {
      sync(folder);
    }
    return server.change(
        () -> {
          copy.synced(device.now());
          return report.elapsed(span.elapsed()).build();
        });
  }

  private List<FolderPath> folders() {
    FolderList list = new FolderList(device);
    boolean unused = list.follow();
    list.missing()
        .forEach(
            path -> report.note("the server has no folder " + path + ", which the scope names"));
    return wanted.isEmpty() ? list.inScope() : List.copyOf(wanted);
  }

  private void sync(FolderPath folder) {
    try {
      session.ask(Operation.LIST, List.of(folder));
      telling.begin();
      Listing listing = server.change(() -> new Listing(device, folder, report).follow());
      List<Held> bodies = listing.toDownload();
      int total = listing.headers().size() + bodies.size();
      listing.headers().forEach(held -> telling.done(held.content().headerSize(), total));
      int without = 0;
      for (Held each : bodies) {
        without += download(listing, each) ? 0 : 1;
        telling.done(each.content().sizeInBytes(), total);
      }
      new Removals(device, session, folder, report, telling).run();
      noteWhole(folder, listing.leftOut() + without == 0);
    } catch (RejectedException e) {
      if (!wanted.isEmpty()) {
        throw e;
      }
      report.problem(
          new SyncProblem(folder.toString(), e.reason(), String.valueOf(e.getMessage())));
    }
  }

  private void noteWhole(FolderPath folder, boolean isWhole) {
    boolean unused =
        server.change(
            () -> {
              copy.folder(folder).ifPresent(each -> each.whole(isWhole));
              return true;
            });
  }

  /** Whether it is here now, or gone there. */
  private boolean download(Listing listing, Held message) {
    try {
      session.ask(Operation.DOWNLOAD, List.of(listing.folder()));
      return server.change(() -> arrive(listing, message));
    } catch (RejectedException e) {
      report.problem(
          listing.problem(
              message, e.reason(), "the server does not give the message: " + e.getMessage()));
      return server.read(() -> listing.known(message).isPresent());
    }
  }

  private boolean arrive(Listing listing, Held message) {
    if (listing.isThere(message)) {
      Placement placement = listing.known(message).orElseGet(() -> listing.place(message, true));
      copy.bodyArrived(placement, device.now());
      report.downloaded(1).bytes(message.content().sizeInBytes());
      boolean stays = copy.residence() == Residence.LOCAL && !device.policy().removes(placement);
      report.kept(stays ? 1 : 0);
    }
    return true;
  }
}

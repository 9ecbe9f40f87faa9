// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.FolderPath;
import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.Residence;
import dev.mailbox.sync.Progress.Phase;
import dev.mailbox.sync.SyncProblem;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.testkit.fault.Operation;
import java.util.ArrayList;
import java.util.List;

/**
 * What the server is to lose, by the configuration or because it was deleted here. Over POP3 all of
 * it goes with the end of the session, or nothing; over IMAP each hundred that is asked for.
 */
final class Removals {
  private final Device device;
  private final Session session;
  private final FolderPath folder;
  private final SyncReport.Builder report;
  private final Telling telling;

  Removals(
      Device device,
      Session session,
      FolderPath folder,
      SyncReport.Builder report,
      Telling telling) {
    this.device = device;
    this.session = session;
    this.folder = folder;
    this.report = report;
    this.telling = telling;
  }

  void run() {
    List<Placement> due =
        device
            .server()
            .read(
                () ->
                    device.copy().listedIn(folder).stream()
                        .filter(device.policy()::removes)
                        .toList());
    if (!due.isEmpty()) {
      telling.tell(Phase.REMOVING, 0, due.size());
      if (device.copy().residence() == Residence.LOCAL) {
        inOneSession(due);
      } else {
        inBatches(due);
      }
      telling.tell(Phase.REMOVING, due.size(), due.size());
    }
  }

  private void inOneSession(List<Placement> due) {
    List<Placement> asked = new ArrayList<>();
    for (Placement each : due) {
      try {
        ask(Operation.DELETE, asked);
        asked.add(each);
      } catch (RejectedException e) {
        report.kept(1).problem(refused(each, e));
      }
    }
    if (!asked.isEmpty()) {
      commit(asked);
    }
  }

  private static SyncProblem refused(Placement message, RejectedException e) {
    return new SyncProblem(
        message.lastKey().map(Reader::uidl).orElseThrow().uidl(),
        e.reason(),
        "the server refused to delete the message: "
            + e.getMessage()
            + "; it is tried again at the next sync");
  }

  /** All that came is here, so that an end without an answer is no failure of the whole. */
  private void commit(List<Placement> asked) {
    try {
      ask(Operation.COMMIT, asked);
      lose(asked);
    } catch (MailboxException e) {
      if (e.reason() == Reason.CLOSED || e.reason() == Reason.INTERRUPTED) {
        throw e;
      }
      unsettled(asked);
      report.unconfirmed(asked.size());
      report.note(
          "QUIT was not answered: "
              + e.getMessage()
              + "; whether the deletions were done shows at the next sync");
    }
  }

  private void inBatches(List<Placement> due) {
    for (int from = 0; from < due.size(); from += Listing.BATCH) {
      List<Placement> batch = due.subList(from, Math.min(due.size(), from + Listing.BATCH));
      try {
        ask(Operation.DELETE, batch);
        lose(batch);
      } catch (RejectedException e) {
        unsettled(batch);
        report.unconfirmed(batch.size());
      }
    }
  }

  /** When the session breaks, nobody knows what became of what was asked for in it. */
  private void ask(Operation operation, List<Placement> sofar) {
    try {
      session.ask(operation, List.of(folder));
    } catch (RejectedException e) {
      throw e;
    } catch (MailboxException e) {
      unsettled(sofar);
      throw e;
    }
  }

  private void unsettled(List<Placement> messages) {
    boolean unused =
        device
            .server()
            .change(
                () -> {
                  messages.forEach(each -> each.unconfirmed(true));
                  return true;
                });
  }

  private void lose(List<Placement> messages) {
    boolean unused =
        device
            .server()
            .change(
                () -> {
                  messages.forEach(this::lose);
                  return true;
                });
    report.deleted(messages.size());
  }

  private void lose(Placement message) {
    message.place().ifPresent(place -> device.server().remove(place, message.body().content()));
    device.copy().unlist(message);
    message.liveHere();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.checks.crash;

import dev.mailbox.MailboxException;
import dev.mailbox.checks.crash.Disk.Fate;
import dev.mailbox.checks.crash.PowerCut.DiskError;
import dev.mailbox.checks.crash.PowerCut.Order;
import dev.mailbox.checks.crash.Trace.Call;
import dev.mailbox.testkit.proxy.Closing;
import dev.mailbox.testkit.proxy.Direction;
import dev.mailbox.testkit.proxy.FaultProxy;
import dev.mailbox.testkit.proxy.ProxyFault;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What is done to a program, at each n-th of the places where it can be. */
enum Disturbance {
  /** It is killed before a system call that changes a file or speaks to the server. */
  KILL {
    @Override
    void disturb(Series series) {
      boolean ends = false;
      for (int at = series.first(); !ends; at += series.every()) {
        Order order = series.count() % 3 == 2 ? Order.tear(at) : Order.kill(at);
        try (Trial trial = series.trial()) {
          Trial.End end = trial.run(order);
          ends = !end.wasKilled();
          series.counts(!ends);
          series.problem(ends && end.exit() != Child.DONE, order, "it ended with " + end);
          trial.recover(series.expected()).forEach(problem -> series.problem(order, problem));
        }
      }
    }
  },

  /**
   * The power goes away. What a program that is killed has written is still there, since the kernel
   * has it; so a kill says nothing about {@code fsync}. Here the calls of an undisturbed run are
   * written down, and of moments among them, each in which the server is asked to delete messages
   * included, disks are made that keep no more than they must.
   */
  POWER_LOSS {
    @Override
    void disturb(Series series) {
      try (Trial trial = series.trial()) {
        var maildrop = trial.scene().maildropNow();
        Disk disk = Disk.of(trial.disk());
        Trial.End end = trial.run(Order.NONE);
        series.problem(end.exit() != Child.DONE, "undisturbed", "it ended with " + end);
        Set<String> gone = new TreeSet<>();
        int at = 0;
        for (Call call : Trace.read(trial.log()).calls()) {
          at++;
          DELETION
              .matcher(call.kind() == 'S' ? call.text() : "")
              .results()
              .map(found -> maildrop.get(Integer.parseInt(found.group(1)) - 1))
              .filter(raw -> !raw.contains("Subject: expendable"))
              .forEach(gone::add);
          if (call.asksForDeletion() || (at - series.first()) % series.every() == 0) {
            for (Fate fate : Fate.values()) {
              Path left = series.directory().resolve(at + "-" + fate);
              disk.writeTo(left, fate, at);
              Set<String> lost = new TreeSet<>(gone);
              Local.of(left.resolve("store")).raws().forEach(lost::remove);
              String where = "call " + at + ", " + fate;
              lost.forEach(raw -> series.problem(where, "lost: " + raw));
              series.counts(true);
            }
          }
          disk.take(call);
        }
      }
    }
  },

  /** Calls that change files fail: one of them, or all from one on. */
  DISK_FAULT {
    @Override
    void disturb(Series series) {
      boolean ends = false;
      for (int at = series.first(); !ends; at += series.every()) {
        ends = true;
        for (DiskError error : DiskError.values()) {
          for (boolean lasts : new boolean[] {false, true}) {
            Order order = Order.fail(error, at, lasts);
            try (Trial trial = series.trial()) {
              Trial.End end = trial.run(order);
              boolean disturbed = end.output().contains(Child.DISTURBED);
              series.counts(disturbed);
              ends &= !disturbed;
              series.problem(
                  end.exit() != Child.TOLD && end.exit() != Child.DONE,
                  order,
                  "it ended with " + end);
              trial.recover(series.expected()).forEach(problem -> series.problem(order, problem));
            }
          }
        }
      }
    }
  },

  /** The line to the server is cut behind a byte, in either direction, by FIN or by RST. */
  BYTE_CUT {
    @Override
    void disturb(Series series) {
      for (Direction direction : Direction.values()) {
        boolean wasCut = true;
        for (int at = series.first() - 1; wasCut; at += series.every()) {
          Closing closing = series.count() % 2 == 0 ? Closing.FIN : Closing.RESET;
          String where = direction + " " + at + " " + closing;
          try (Trial trial = series.trial();
              FaultProxy proxy = FaultProxy.to(trial.scene().port())) {
            proxy.next(ProxyFault.cut(direction, at, closing));
            try {
              trial.act(proxy.port());
            } catch (MailboxException e) {
              // It is told that the line broke, unless it went on by another connection.
            }
            wasCut = proxy.cuts() > 0;
            series.counts(wasCut);
            trial.scene().settle();
            trial.recover(series.expected()).forEach(problem -> series.problem(where, problem));
          }
        }
      }
    }
  };

  private static final Pattern DELETION = Pattern.compile("DELE ([0-9]+)\r\n");

  abstract void disturb(Series series);
}

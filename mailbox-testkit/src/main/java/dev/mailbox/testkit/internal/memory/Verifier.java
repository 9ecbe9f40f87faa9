// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.MessageId;
import dev.mailbox.VerifyReport;
import dev.mailbox.sync.Progress;
import dev.mailbox.sync.ProgressListener;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Compares what is kept with what the server gave. */
public final class Verifier {
  private final Device device;
  private final ProgressListener listener;

  public Verifier(Device device, ProgressListener listener) {
    this.device = device;
    this.listener = listener;
  }

  public VerifyReport verify() {
    VerifyReport report = device.read(this::look);
    listener.progress(
        new Progress(
            Progress.Phase.VERIFYING, report.messages(), report.messages(), report.bytes()));
    return report;
  }

  private VerifyReport look() {
    Set<Body> bodies = new LinkedHashSet<>();
    List<Placement> here =
        device.copy().messages().stream().filter(p -> p.body().isHere()).toList();
    here.forEach(p -> bodies.add(p.body()));
    List<MessageId> damaged =
        here.stream().filter(p -> p.body().isDamaged()).map(Placement::id).toList();
    long bytes = bodies.stream().mapToLong(body -> body.stored().sizeInBytes()).sum();
    return new VerifyReport(bodies.size(), bytes, damaged, List.of());
  }
}

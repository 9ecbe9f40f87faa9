// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.MessageId;
import dev.mailbox.VerifyReport;
import dev.mailbox.sync.Progress;
import dev.mailbox.sync.ProgressListener;
import java.util.ArrayList;
import java.util.List;

/** Compares what is kept with what the server gave. */
public final class Verifier {
  private final Device device;
  private final ProgressListener listener;

  public Verifier(Device device, ProgressListener listener) {
    this.device = device;
    this.listener = listener;
  }

  public VerifyReport verify() {
    List<Body> bodies = device.read(device.copy()::bodies);
    Telling telling = new Telling(listener);
    List<MessageId> damaged = new ArrayList<>();
    long bytes = 0;
    for (int i = 0; i < bodies.size(); i++) {
      Body body = bodies.get(i);
      damaged.addAll(device.read(() -> damaged(body)));
      bytes += device.read(body::sizeHere);
      telling.tell(new Progress(Progress.Phase.VERIFYING, i + 1, bodies.size(), bytes));
    }
    return new VerifyReport(bodies.size(), bytes, damaged, List.of());
  }

  /** The messages that have a content, if it is not what came. */
  private List<MessageId> damaged(Body body) {
    return body.isDamaged()
        ? body.holders().stream()
            .map(Placement::id)
            .filter(id -> device.copy().find(id).isPresent())
            .toList()
        : List.of();
  }
}

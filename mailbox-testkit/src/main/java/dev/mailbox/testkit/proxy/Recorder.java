// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

import dev.mailbox.testkit.proxy.Transcript.Run;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Keeps what passed in both directions, in order, up to a limit. */
final class Recorder {
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Run> runs = new ArrayList<>();
  private final ByteArrayOutputStream current = new ByteArrayOutputStream();
  private @Nullable Direction speaker;
  private final boolean isOn;
  private int left;
  private boolean isComplete = true;
  private boolean hasEnded;

  Recorder(int limit) {
    left = limit;
    isOn = limit > 0;
  }

  /** Something happens between what is said. */
  void event(String name) {
    lock.lock();
    try {
      endRun();
      if (isOn && isComplete) {
        runs.add(Run.event(name));
      }
    } finally {
      lock.unlock();
    }
  }

  /** The connection ends so; what follows from that is not kept. */
  void end(String how) {
    lock.lock();
    try {
      if (!hasEnded) {
        hasEnded = true;
        event(how);
      }
    } finally {
      lock.unlock();
    }
  }

  void add(Direction direction, byte[] bytes, int offset, int length) {
    lock.lock();
    try {
      if (speaker != direction) {
        endRun();
        speaker = direction;
      }
      int part = Math.min(length, left);
      current.write(bytes, offset, part);
      left -= part;
      if (part < length) {
        // A later piece that would fit must not close the gap.
        left = 0;
        isComplete = false;
      }
    } finally {
      lock.unlock();
    }
  }

  Transcript transcript(int connection, HiddenBodies hiddenBodies) {
    lock.lock();
    try {
      endRun();
      return new Transcript(connection, runs, isComplete, hiddenBodies);
    } finally {
      lock.unlock();
    }
  }

  private void endRun() {
    if (speaker != null && current.size() > 0) {
      runs.add(new Run(speaker, current.toByteArray()));
      current.reset();
    }
  }
}

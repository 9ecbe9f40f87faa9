// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.session;

import dev.mailbox.testkit.script.ScriptedConnection;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The end of a session that the server wants: because the client says nothing for too long, or
 * because its user is to log in again. It comes between two commands. Thread-safe.
 */
public final class Patience {
  /** Why a session ends whose client says nothing. */
  public static final String SILENT = "idle for too long";

  private final Clock clock;
  private final ScriptedConnection connection;
  private final Goodbye goodbye;
  private final ReentrantLock writing;
  private volatile Instant heard;
  private boolean waiting;
  private String due = "";
  private boolean over;

  /** What is said last, if anything, and what is noted then. */
  @FunctionalInterface
  public interface Goodbye {
    void say(String reason) throws IOException;
  }

  /** Of a session whose words come under this lock. */
  public Patience(
      Clock clock, ScriptedConnection connection, ReentrantLock writing, Goodbye goodbye) {
    this.clock = clock;
    this.connection = connection;
    this.writing = writing;
    this.goodbye = goodbye;
    this.heard = clock.instant();
  }

  /** The session waits for the client's next command; false if it is over instead. */
  public boolean waits() throws IOException {
    writing.lock();
    try {
      waiting = true;
      endIfDue();
      return !over;
    } finally {
      writing.unlock();
    }
  }

  /** The client has sent something; false if it came too late. */
  public boolean hears() {
    writing.lock();
    try {
      waiting = false;
      heard = clock.instant();
      return !over;
    } finally {
      writing.unlock();
    }
  }

  /** Ends the session soon, if the client has been silent for that long. */
  public void endAfter(Duration silence) {
    Instant last = heard;
    if (!clock.instant().isBefore(last.plus(silence))) {
      later(
          () -> {
            if (heard.equals(last)) {
              due = SILENT;
            }
          });
    }
  }

  /** Ends the session soon, and not before the command is done that is being obeyed. */
  public void end(String reason) {
    later(() -> due = reason);
  }

  /** On a thread of its own: the client may not read, and nobody else is to wait for that. */
  private void later(Runnable decision) {
    connection.spawn(
        () -> {
          writing.lock();
          try {
            decision.run();
            endIfDue();
          } catch (IOException e) {
            // The client has left, which is an end too.
          } finally {
            writing.unlock();
          }
        });
  }

  private void endIfDue() throws IOException {
    if (waiting && !over && !due.isEmpty()) {
      over = true;
      try {
        goodbye.say(due);
      } finally {
        connection.close();
      }
    }
  }
}

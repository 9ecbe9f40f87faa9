// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.junit;

import dev.mailbox.testkit.internal.net.Await;
import dev.mailbox.testkit.internal.net.OpenServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.opentest4j.AssertionFailedError;

/**
 * The thread of one test. Threads inherit the group of the one that starts them, so whatever the
 * test leaves running is found in the group, also when other tests run beside it.
 */
final class TestThread {
  private static final Duration GRACE = Duration.ofSeconds(2);

  /** Of the JDK, for the whole JVM: whoever is first starts them and they stay. */
  private static final List<String> SHARED =
      List.of("ForkJoinPool.commonPool", "CompletableFutureDelayScheduler");

  private final ThreadGroup group;
  private final Thread thread;
  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private volatile boolean ended;

  /** A part of the test. */
  interface Task<T> {
    T run() throws Throwable;
  }

  TestThread(String test) {
    group = new ThreadGroup("test " + test);
    thread = new Thread(group, this::work, "test " + test);
    thread.setDaemon(true);
    thread.start();
  }

  /** Runs a part of the test and throws what it throws. An interrupt goes on to the test. */
  <T> T call(Task<T> task) throws Throwable {
    var outcome = new CompletableFuture<T>();
    tasks.add(() -> complete(task, outcome));
    while (true) {
      try {
        return outcome.get();
      } catch (InterruptedException e) {
        thread.interrupt();
      } catch (ExecutionException e) {
        throw Objects.requireNonNull(e.getCause());
      }
    }
  }

  /** Ends the thread without a look at what is left behind. */
  void stop() {
    tasks.add(() -> ended = true);
  }

  /** Ends the thread, and fails with the names of what the test has left behind. */
  void end() {
    stop();
    boolean unused = Await.until(() -> leftovers().isEmpty(), GRACE);
    List<String> left = leftovers();
    if (!left.isEmpty()) {
      throw new AssertionFailedError(
          "the test left behind, perhaps by a mailbox or server that was not closed: "
              + String.join(", ", left));
    }
  }

  private List<String> leftovers() {
    var threads = new Thread[Math.max(16, group.activeCount() * 2)];
    int count = group.enumerate(threads, true);
    List<String> left =
        new ArrayList<>(
            Arrays.stream(threads, 0, count)
                .map(Thread::getName)
                .filter(name -> SHARED.stream().noneMatch(name::startsWith))
                .map(name -> "thread " + name)
                .toList());
    OpenServers.openedBy(group).forEach(name -> left.add("server " + name));
    return left;
  }

  private static <T> void complete(Task<T> task, CompletableFuture<T> outcome) {
    try {
      outcome.complete(task.run());
    } catch (Throwable e) {
      outcome.completeExceptionally(e);
    }
  }

  private void work() {
    while (!ended) {
      try {
        tasks.take().run();
      } catch (InterruptedException e) {
        // It was meant for a part of the test that is over; the next part must not see it.
      }
    }
  }
}

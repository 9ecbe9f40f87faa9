// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The times of one thing that was done several times, in seconds. */
final class Series {
  private final String name;
  private final List<Double> seconds = new ArrayList<>();

  Series(String name) {
    this.name = name;
  }

  /** Work that is timed. */
  interface Work {
    void run() throws Exception;
  }

  /** Does it, and notes how long it took. */
  void time(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    add(secondsSince(start));
  }

  static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  void add(double value) {
    seconds.add(value);
  }

  double median() {
    List<Double> sorted = seconds.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** One line: the median, the range, and the first, which met code that was not compiled yet. */
  @Override
  public String toString() {
    double least = seconds.stream().mapToDouble(d -> d).min().orElse(0);
    double most = seconds.stream().mapToDouble(d -> d).max().orElse(0);
    return String.format(
        Locale.ROOT,
        "  %-44s median %7.3f s   %.3f-%.3f   first %.3f",
        name,
        median(),
        least,
        most,
        seconds.get(0));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.checks.crash;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** One scenario, disturbed in one way, at each n-th place. Ends early when much is wrong. */
final class Series {
  /** Every n-th place is enough to show that it works; 1 is all of them. */
  static final int EVERY = Integer.getInteger("crash.every", 150);

  private static final int ENOUGH = 20;

  /** Each scenario has so many places at least. */
  private static final int FEWEST = 15;

  private final PowerCut powerCut;
  private final Scenario scenario;
  private final Disturbance disturbance;
  private final Path directory;
  private final int every;
  private Supplier<Stage> stages = FakeStage::new;
  private final List<String> problems = new ArrayList<>();
  private Trial.Outcome expected = new Trial.Outcome(Local.EMPTY, List.of());
  private int enough = ENOUGH;
  private int count;
  private int trials;

  Series(PowerCut powerCut, Scenario scenario, Disturbance disturbance, Path directory, int every) {
    this.powerCut = powerCut;
    this.scenario = scenario;
    this.disturbance = disturbance;
    this.directory = directory;
    this.every = every;
  }

  /** Ends at the first thing that is wrong. */
  Series untilTheFirst() {
    enough = 1;
    return this;
  }

  /** On other servers than those in memory. */
  Series on(Supplier<Stage> value) {
    stages = value;
    return this;
  }

  /** Much is wrong already. */
  private static final class EnoughException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Does it all, and returns what is wrong, in words. */
  List<String> run() {
    try (Trial trial = trial()) {
      expected = trial.undisturbed();
      disturbance.disturb(this);
    } catch (EnoughException e) {
      problems.add("and so on");
    } catch (AssertionError e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    return problems;
  }

  /** How often it was disturbed. */
  int count() {
    return count;
  }

  int every() {
    return every;
  }

  /** The first place, other ones for other scenarios. */
  int first() {
    return 1 + Math.floorMod(scenario.name().hashCode(), Math.min(every, FEWEST));
  }

  Path directory() {
    return directory;
  }

  Trial.Outcome expected() {
    return expected;
  }

  /** The scenario from its beginning. */
  Trial trial() {
    return new Trial(powerCut, scenario, stages.get(), directory.resolve("trial" + trials++));
  }

  void counts(boolean disturbed) {
    count += disturbed ? 1 : 0;
  }

  void problem(Object where, String what) {
    problems.add(where + ": " + what);
    if (problems.size() >= enough) {
      throw new EnoughException();
    }
  }

  void problem(boolean is, Object where, String what) {
    if (is) {
      problem(where, what);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.fault;

import dev.mailbox.testkit.fault.Fault.Part;
import dev.mailbox.testkit.fault.Fault.Treatment;
import java.util.ArrayList;
import java.util.List;

/** Collects named faults, those of one command after those of another. */
final class Catalogue {
  private final List<NamedFault> faults = new ArrayList<>();
  private List<String> commands = List.of();

  Catalogue at(String... names) {
    commands = List.of(names);
    return this;
  }

  Catalogue add(String name, Fault fault, String effect) {
    faults.add(new NamedFault(name, commands, fault, effect));
    return this;
  }

  List<NamedFault> faults() {
    return List.copyOf(faults);
  }

  /** Answered by these bytes and not done. */
  static Fault says(String bytes) {
    return new Fault.Instead(bytes, false, Ending.NONE);
  }

  static Fault says(String bytes, Ending then) {
    return new Fault.Instead(bytes, false, then);
  }

  static Fault doesButSays(String bytes) {
    return new Fault.Instead(bytes, true, Ending.NONE);
  }

  static Fault unanswered(Ending ending) {
    return new Fault.Unanswered(ending);
  }

  static Fault before(String bytes) {
    return new Fault.Surrounded(bytes, "");
  }

  static Fault after(String bytes) {
    return new Fault.Surrounded("", bytes);
  }

  static Fault words(String regex, String replacement) {
    return new Fault.Replaced(Part.WORDS, regex, replacement);
  }

  static Fault content(String regex, String replacement) {
    return new Fault.Replaced(Part.CONTENT, regex, replacement);
  }

  static Fault without(String line) {
    return new Fault.Lines(line, Treatment.LEFT_OUT);
  }

  static Fault twice(String line) {
    return new Fault.Lines(line, Treatment.TWICE);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import dev.mailbox.Outcome;

/** How far an action got, for people and for programs. */
enum OutcomeView {
  /** Ordered from the best to the weakest. */
  HERE("here", "here"),
  ON_SERVER("on-server", "on server"),
  QUEUED("queued", "queued; the next sync brings it to the server");

  private final String word;
  private final String sentence;

  OutcomeView(String word, String sentence) {
    this.word = word;
    this.sentence = sentence;
  }

  static OutcomeView of(Outcome outcome) {
    return switch (outcome) {
      case LOCAL -> HERE;
      case ON_SERVER -> ON_SERVER;
      case QUEUED -> QUEUED;
    };
  }

  /** That of two things together. */
  OutcomeView and(OutcomeView other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** In machine output. */
  String word() {
    return word;
  }

  /** For a person. */
  String sentence() {
    return sentence;
  }
}

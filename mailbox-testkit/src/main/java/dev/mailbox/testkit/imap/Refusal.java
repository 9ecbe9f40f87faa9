// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.imap;

/** The tagged NO or BAD with which a command ends. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  private final String status;
  private final String text;
  private final boolean violation;

  private Refusal(String status, String text, boolean violation) {
    super(text);
    this.status = status;
    this.text = text;
    this.violation = violation;
  }

  /** It was understood, but cannot be done. */
  static Refusal no(String text) {
    return new Refusal("NO", text, false);
  }

  /** It is not possible here or now. */
  static Refusal bad(String text) {
    return new Refusal("BAD", text, false);
  }

  /** No command by the grammar, which {@link ScriptedImap#verify} holds against the client. */
  static Refusal violation(String text) {
    return new Refusal("BAD", text, true);
  }

  String status() {
    return status;
  }

  String text() {
    return text;
  }

  boolean isViolation() {
    return violation;
  }
}

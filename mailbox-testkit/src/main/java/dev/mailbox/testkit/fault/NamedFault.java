// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.fault;

import java.util.List;

/** A fault of {@link Faults}: what it is called, where it belongs, and what it does. Immutable. */
public final class NamedFault {
  private final String name;
  private final List<String> commands;
  private final Fault fault;
  private final String effect;

  NamedFault(String name, List<String> commands, Fault fault, String effect) {
    this.name = name;
    this.commands = List.copyOf(commands);
    this.fault = fault;
    this.effect = effect;
  }

  /** Its name, which no other fault of its protocol has. */
  public String name() {
    return name;
  }

  /**
   * The commands that it is meant for, such as {@code FETCH} and {@code UID FETCH}; {@code CONNECT}
   * stands for the greeting, {@code TLS} for a handshake, {@code DEFLATE} for where compression
   * begins.
   */
  public List<String> commands() {
    return commands;
  }

  /** The fault itself, which may be given to other commands too. */
  public Fault fault() {
    return fault;
  }

  /** What a client sees, in a sentence. */
  public String effect() {
    return effect;
  }

  /** The name, for reports of tests that run for many faults. */
  @Override
  public String toString() {
    return name;
  }
}

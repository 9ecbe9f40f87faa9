// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.wire.Command;
import java.util.function.Consumer;

/** DELE (RFC 1939 section 5): marks a message, which goes when {@link Quit} is answered. */
final class Dele implements Exchange {
  private static final long EXPECTED = 64;

  private final Command command;
  private final Consumer<Status> answered;

  Dele(int number, Consumer<Status> answered) {
    this.command = Command.named("DELE").number(number).build();
    this.answered = answered;
  }

  @Override
  public Command command() {
    return command;
  }

  @Override
  public long expectedBytes() {
    return EXPECTED;
  }

  @Override
  public void reply(Status status, Pop3Session session) {
    answered.accept(status);
  }
}

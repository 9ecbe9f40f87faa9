// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.command;

import dev.mailbox.imap.internal.grammar.Status;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The first refusal among the answers to several commands. For one thread. */
public final class Refusals implements Consumer<Status> {
  private @Nullable Status first;

  /** None yet. */
  public Refusals() {}

  @Override
  public void accept(Status status) {
    if (!status.isOk() && first == null) {
      first = status;
    }
  }

  /** The first of them. */
  public Optional<Status> first() {
    return Optional.ofNullable(first);
  }
}

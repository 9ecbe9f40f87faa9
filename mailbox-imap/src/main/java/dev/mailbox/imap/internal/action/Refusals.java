// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.action;

import dev.mailbox.imap.internal.grammar.Status;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The first refusal among the answers to several commands. For one thread. */
final class Refusals implements Consumer<Status> {
  private @Nullable Status first;

  @Override
  public void accept(Status status) {
    if (!status.isOk() && first == null) {
      first = status;
    }
  }

  Optional<Status> first() {
    return Optional.ofNullable(first);
  }
}

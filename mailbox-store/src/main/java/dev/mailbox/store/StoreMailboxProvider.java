// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.spi.MailboxProvider;
import java.util.Optional;
import java.util.Set;

/** Opens stores without a server; found by the service loader. */
public final class StoreMailboxProvider implements MailboxProvider {
  /** For the service loader. */
  public StoreMailboxProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of("store");
  }

  @Override
  public Mailbox open(MailboxConfig config) {
    return StoreMailbox.open(config, Optional.empty());
  }
}

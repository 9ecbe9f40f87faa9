// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Reason;
import dev.mailbox.StoreException;
import dev.mailbox.spi.MailboxProvider;
import dev.mailbox.store.internal.db.Database;
import java.nio.file.Path;
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
    Path directory = config.store().orElseThrow();
    if (!Database.mayBeIn(directory)) {
      throw new StoreException(Reason.NOT_FOUND, "there is no mailbox store in " + directory, null);
    }
    return StoreMailbox.open(config, Optional.empty());
  }
}

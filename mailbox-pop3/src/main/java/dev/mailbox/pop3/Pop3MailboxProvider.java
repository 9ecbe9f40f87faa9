// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.spi.MailboxProvider;
import dev.mailbox.store.StoreMailbox;
import java.util.Set;

/**
 * Opens mailboxes for the schemes {@code pop3} and {@code pop3s}; found by the service loader, and
 * not meant to be called by applications.
 */
public final class Pop3MailboxProvider implements MailboxProvider {
  /** For the service loader. */
  public Pop3MailboxProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of("pop3", "pop3s");
  }

  @Override
  public Mailbox open(MailboxConfig config) {
    return StoreMailbox.open(config, new Pop3Remote(config));
  }
}

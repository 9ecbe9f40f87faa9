// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.spi.MailboxProvider;
import dev.mailbox.store.StoreMailbox;
import java.util.Set;

/**
 * Opens mailboxes for the schemes {@code imap} and {@code imaps}; found by the service loader, and
 * not meant to be called by applications.
 */
public final class ImapMailboxProvider implements MailboxProvider {
  /** For the service loader. */
  public ImapMailboxProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of("imap", "imaps");
  }

  @Override
  public Mailbox open(MailboxConfig config) {
    return StoreMailbox.open(config, new ImapRemote(config));
  }
}

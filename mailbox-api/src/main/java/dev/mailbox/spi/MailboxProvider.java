// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.spi;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import java.util.ServiceLoader;
import java.util.Set;

/** Opens mailboxes for some URL schemes; found by {@link ServiceLoader}. */
public interface MailboxProvider {
  /** The schemes, in lower case. */
  Set<String> schemes();

  /** Opens a mailbox; see {@link Mailbox#open}. */
  Mailbox open(MailboxConfig config);

  /**
   * The provider for a scheme.
   *
   * @throws IllegalStateException if there is none on the class or module path
   */
  static MailboxProvider forScheme(String scheme) {
    ClassLoader loader = MailboxProvider.class.getClassLoader();
    for (MailboxProvider provider : ServiceLoader.load(MailboxProvider.class, loader)) {
      if (provider.schemes().contains(scheme)) {
        return provider;
      }
    }
    throw new IllegalStateException(
        "no provider for " + scheme + "://: is mailbox-pop3 or mailbox-imap on the path?");
  }
}

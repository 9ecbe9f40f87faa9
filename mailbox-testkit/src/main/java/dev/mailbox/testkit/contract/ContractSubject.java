// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;

/** What a contract needs of the implementation that it checks. */
@Timeout(60)
public interface ContractSubject {
  /** The server, which all tests of a class may share. */
  ContractServer server();

  /** A directory for stores and files, which exists; it is cleared away by whoever gives it. */
  Path directory();

  /** Opens a mailbox; by default with the provider of the configuration's scheme. */
  default Mailbox open(MailboxConfig config) {
    return Mailbox.open(config);
  }
}

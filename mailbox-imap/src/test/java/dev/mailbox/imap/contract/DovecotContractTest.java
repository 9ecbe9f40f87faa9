// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.contract;

import dev.mailbox.testkit.DovecotServer;
import dev.mailbox.testkit.contract.ContractServer;
import dev.mailbox.testkit.contract.MailboxContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Without exclusions: this server is the measure. */
@Execution(ExecutionMode.CONCURRENT)
class DovecotContractTest implements MailboxContract {
  private static ContractServer server;
  @TempDir Path directory;

  @BeforeAll
  static void start() {
    server = new MailServerContracts("Dovecot over IMAP", DovecotServer.startOrSkip());
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  public ContractServer server() {
    return server;
  }

  @Override
  public Path directory() {
    return directory;
  }
}

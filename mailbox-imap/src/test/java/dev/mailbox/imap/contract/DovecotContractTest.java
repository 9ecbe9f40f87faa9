// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.contract;

import dev.mailbox.testkit.DovecotServer;
import dev.mailbox.testkit.contract.MailboxContract;
import dev.mailbox.testkit.contract.ResidentServer;
import dev.mailbox.testkit.contract.ServerResidentContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Without exclusions: this server is the measure. */
@Execution(ExecutionMode.CONCURRENT)
class DovecotContractTest implements MailboxContract, ServerResidentContract {
  private static ResidentServer server;
  @TempDir Path directory;

  @BeforeAll
  static void start() {
    server = new DovecotContracts(DovecotServer.startOrSkip());
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  public ResidentServer server() {
    return server;
  }

  @Override
  public Path directory() {
    return directory;
  }
}

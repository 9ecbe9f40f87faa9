// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class InMemoryImapContractTest implements WithoutDisk, ServerResidentContract {
  private final InMemoryContracts server = new InMemoryContracts("imaps");
  @TempDir Path directory;

  @Override
  public ResidentServer server() {
    return server;
  }

  @Override
  public Path directory() {
    return directory;
  }

  @Override
  public Mailbox open(MailboxConfig config) {
    return server.open(config);
  }

  /** The store is lost with its files, and here there are none. */
  @Override
  public void lostStoreIsRebuiltFromTheServer() {}
}

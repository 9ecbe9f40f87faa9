// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3.contract;

import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.contract.ContractServer;
import dev.mailbox.testkit.contract.MailboxContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class FakeContractTest implements MailboxContract {
  private static final ContractServer SERVER =
      new MailServerContracts("the in-memory server over POP3", FakeMailServer.start());
  @TempDir Path directory;

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Override
  public ContractServer server() {
    return SERVER;
  }

  @Override
  public Path directory() {
    return directory;
  }
}

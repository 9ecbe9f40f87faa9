// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.contract;

import dev.mailbox.testkit.contract.ContractServer;
import dev.mailbox.testkit.contract.MailboxContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class ScriptedContractTest implements MailboxContract {
  private static final ContractServer SERVER =
      new ScriptedContracts("the scripted server over IMAP");
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

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3.contract;

import dev.mailbox.testkit.CyrusServer;
import dev.mailbox.testkit.contract.ContractServer;
import dev.mailbox.testkit.contract.MailboxContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Less what needs mail that Cyrus does not take. */
@Execution(ExecutionMode.CONCURRENT)
class CyrusContractTest implements MailboxContract {
  private static ContractServer server;
  @TempDir Path directory;

  @BeforeAll
  static void start() {
    server = new MailServerContracts("Cyrus over POP3", CyrusServer.startOrSkip());
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

  // Cyrus refuses mail whose header has lines that are no fields.

  @Override
  public void lineThatIsNoFieldIsADefectAndTheOthersAreRead() {}

  @Override
  public void oddMessagesAreKeptByteForByteAndCanBeRead() {}

  @Override
  public void oneOddMessageDoesNotHoldUpTheOthers() {}
}

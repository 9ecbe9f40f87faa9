// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.contract;

import dev.mailbox.testkit.Profile;
import dev.mailbox.testkit.contract.MailboxContract;
import dev.mailbox.testkit.contract.ResidentServer;
import dev.mailbox.testkit.contract.ServerResidentContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class FakeContractTest implements MailboxContract, ServerResidentContract {
  private static final ResidentServer SERVER = new FakeContracts(Profile.COMPLETE);
  @TempDir Path directory;

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Override
  public ResidentServer server() {
    return SERVER;
  }

  @Override
  public Path directory() {
    return directory;
  }
}

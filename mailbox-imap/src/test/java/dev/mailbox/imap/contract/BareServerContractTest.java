// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.contract;

import dev.mailbox.testkit.Profile;
import dev.mailbox.testkit.contract.MailboxContract;
import dev.mailbox.testkit.contract.ResidentServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the extensions only make better must work without them. */
@Execution(ExecutionMode.CONCURRENT)
class BareServerContractTest implements MailboxContract {
  private static final ResidentServer SERVER = new FakeContracts(Profile.MINIMAL);
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

  /** It is only marked as deleted there, and can still be read. */
  @Override
  public void bodyThatTheServerHasLostIsGone() {}
}

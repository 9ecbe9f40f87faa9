// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.testkit.contract.ContractServer;
import dev.mailbox.testkit.contract.MailboxContract;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** All rules of the interface, over POP3 from a real server into a store on disk. */
@TestInstance(Lifecycle.PER_CLASS)
class Pop3ContractTest implements MailboxContract {
  private @Nullable DovecotPop3 server;
  private @Nullable Path directory;

  @BeforeAll
  void start(@TempDir Path folder) {
    directory = folder;
    server = new DovecotPop3();
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  public ContractServer server() {
    return Objects.requireNonNull(server);
  }

  @Override
  public Path directory() {
    return Objects.requireNonNull(directory);
  }
}

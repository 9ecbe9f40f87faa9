// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3.contract;

import dev.mailbox.testkit.GreenMailServer;
import dev.mailbox.testkit.contract.ContractServer;
import dev.mailbox.testkit.contract.MailboxContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Less what GreenMail's named defects make impossible. Its accounts make each other slow, so each
 * test has a server of its own.
 */
@Execution(ExecutionMode.CONCURRENT)
class GreenMailContractTest implements MailboxContract {
  // PASSWORD_ENDS_AT_SPACE
  private final ContractServer server =
      new MailServerContracts("GreenMail over POP3", GreenMailServer.start(), "secret");

  @TempDir Path directory;

  @AfterEach
  void stop() {
    server.close();
  }

  @Override
  public ContractServer server() {
    return server;
  }

  @Override
  public Path directory() {
    return directory;
  }

  // CAPA_INCOMPLETE: TOP is not offered, so headers cannot be had without bodies.

  @Override
  public void bodiesThatAreNotHereAreCountedAndLeftOut() {}

  @Override
  public void bodyThatArrivesLaterIsTold() {}

  @Override
  public void bodyThatCannotBeFetchedIsAConnectionProblem() {}

  @Override
  public void bodyThatTheServerHasLostIsGone() {}

  @Override
  public void descriptionIsTheSameBeforeAndAfterTheBodyIsHere() {}

  @Override
  public void headerOfABodyThatIsNotHereCanBeRead() {}

  @Override
  public void headersAloneRemoveNothing() {}

  @Override
  public void headersComeFirstAndBodiesWhenRead() {}

  @Override
  public void recentBodiesAreDownloadedAndOldOnesAreNot() {}

  @Override
  public void searchThatCannotAskTheServerSaysThatItIsIncomplete() {}

  @Override
  public void wideningTheScopeDownloadsTheBodies() {}

  // BROKEN_HEADER_CHANGED, HEADER_ONLY_GAINS_EMPTY_LINE, BLANK_FIRST_LINE_LOST: some of these mails
  // are refused, or are others once they were delivered.

  @Override
  public void oddMessagesAreKeptByteForByteAndCanBeRead() {}

  @Override
  public void oneOddMessageDoesNotHoldUpTheOthers() {}
}

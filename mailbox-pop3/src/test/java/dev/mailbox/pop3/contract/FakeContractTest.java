// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3.contract;

import dev.mailbox.MailboxConfig;
import dev.mailbox.testkit.FakeAccount;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.Profile;
import dev.mailbox.testkit.contract.ContractServer;
import dev.mailbox.testkit.contract.MailboxContract;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** On the in-memory server, as each provider is, less what it has not. */
@ParameterizedClass
@EnumSource(Profile.class)
@Execution(ExecutionMode.CONCURRENT)
class FakeContractTest implements MailboxContract {
  private static final Map<Profile, ContractServer> SERVERS = new ConcurrentHashMap<>();

  @Parameter Profile profile;
  @TempDir Path directory;

  @AfterParameterizedClassInvocation
  static void stop(Profile profile) {
    ContractServer server = SERVERS.remove(profile);
    if (server != null) {
      server.close();
    }
  }

  private static ContractServer start(Profile profile) {
    String name = profile + " in memory over POP3";
    FakeMailServer server = FakeMailServer.start(profile);
    if (profile != Profile.OUTLOOK) {
      return new MailServerContracts(name, server);
    }
    return new MailServerContracts(name, server) {
      @Override
      MailboxConfig.Builder login(MailboxConfig.Builder config, String user) {
        FakeAccount unused = server.user(user, user).token("a.token");
        return config.oauth(user, refused -> "a.token");
      }
    };
  }

  @Override
  public ContractServer server() {
    return SERVERS.computeIfAbsent(profile, FakeContractTest::start);
  }

  @Override
  public Path directory() {
    return directory;
  }

  // Without TOP, headers cannot be had without bodies.

  @Override
  public void bodiesThatAreNotHereAreCountedAndLeftOut() {
    if (profile != Profile.MINIMAL) {
      MailboxContract.super.bodiesThatAreNotHereAreCountedAndLeftOut();
    }
  }

  @Override
  public void bodyThatArrivesLaterIsTold() {
    if (profile != Profile.MINIMAL) {
      MailboxContract.super.bodyThatArrivesLaterIsTold();
    }
  }

  @Override
  public void bodyThatCannotBeFetchedIsAConnectionProblem() {
    if (profile != Profile.MINIMAL) {
      MailboxContract.super.bodyThatCannotBeFetchedIsAConnectionProblem();
    }
  }

  @Override
  public void bodyThatTheServerHasLostIsGone() {
    if (profile != Profile.MINIMAL) {
      MailboxContract.super.bodyThatTheServerHasLostIsGone();
    }
  }

  @Override
  public void descriptionIsTheSameBeforeAndAfterTheBodyIsHere() {
    if (profile != Profile.MINIMAL) {
      MailboxContract.super.descriptionIsTheSameBeforeAndAfterTheBodyIsHere();
    }
  }

  @Override
  public void headerOfABodyThatIsNotHereCanBeRead() {
    if (profile != Profile.MINIMAL) {
      MailboxContract.super.headerOfABodyThatIsNotHereCanBeRead();
    }
  }

  @Override
  public void headersAloneRemoveNothing() {
    if (profile != Profile.MINIMAL) {
      MailboxContract.super.headersAloneRemoveNothing();
    }
  }

  @Override
  public void headersComeFirstAndBodiesWhenRead() {
    if (profile != Profile.MINIMAL) {
      MailboxContract.super.headersComeFirstAndBodiesWhenRead();
    }
  }

  @Override
  public void recentBodiesAreDownloadedAndOldOnesAreNot() {
    if (profile != Profile.MINIMAL) {
      MailboxContract.super.recentBodiesAreDownloadedAndOldOnesAreNot();
    }
  }

  @Override
  public void searchThatCannotAskTheServerSaysThatItIsIncomplete() {
    if (profile != Profile.MINIMAL) {
      MailboxContract.super.searchThatCannotAskTheServerSaysThatItIsIncomplete();
    }
  }

  @Override
  public void wideningTheScopeDownloadsTheBodies() {
    if (profile != Profile.MINIMAL) {
      MailboxContract.super.wideningTheScopeDownloadsTheBodies();
    }
  }

  // Without UIDL the server has no ids.

  @Override
  public void serverIdIsTheServersAndCanBeParsed() {
    if (profile != Profile.NO_UIDL) {
      MailboxContract.super.serverIdIsTheServersAndCanBeParsed();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.contract;

import dev.mailbox.testkit.Profile;
import dev.mailbox.testkit.contract.MailboxContract;
import dev.mailbox.testkit.contract.ResidentServer;
import dev.mailbox.testkit.contract.ServerResidentContract;
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

/**
 * On the in-memory server, as each provider is, less what the provider's named habits make
 * impossible. What is special to POP3 makes no difference here; {@link BareServerContractTest} has
 * the server without extensions.
 */
@ParameterizedClass
@EnumSource(
    value = Profile.class,
    mode = EnumSource.Mode.EXCLUDE,
    names = {"MINIMAL", "NO_UIDL", "NO_CAPA"})
@Execution(ExecutionMode.CONCURRENT)
class FakeContractTest implements MailboxContract, ServerResidentContract {
  private static final Map<Profile, FakeContracts> SERVERS = new ConcurrentHashMap<>();

  @Parameter Profile profile;
  @TempDir Path directory;

  @AfterParameterizedClassInvocation
  static void stop(Profile profile) {
    FakeContracts server = SERVERS.remove(profile);
    if (server != null) {
      server.close();
    }
  }

  @Override
  public ResidentServer server() {
    return SERVERS.computeIfAbsent(profile, FakeContracts::new);
  }

  @Override
  public Path directory() {
    return directory;
  }

  // Labels: a message is in a folder once, in several folders one, and in that of all mail.

  @Override
  public void copyIntoTheSameFolderIsASecondMessage() {
    if (profile != Profile.GMAIL) {
      MailboxContract.super.copyIntoTheSameFolderIsASecondMessage();
    }
  }

  @Override
  public void resultOfManyHitsIsIteratedWhole() {
    if (profile != Profile.GMAIL) {
      MailboxContract.super.resultOfManyHitsIsIteratedWhole();
    }
  }

  @Override
  public void deletingACopyLeavesTheOriginalOnTheServer() {
    if (profile != Profile.GMAIL) {
      MailboxContract.super.deletingACopyLeavesTheOriginalOnTheServer();
    }
  }

  // No code says why something is refused.

  @Override
  public void nameThatAnotherClientTookMeanwhileIsRejected() {
    if (profile != Profile.CYRUS && profile != Profile.COURIER) {
      ServerResidentContract.super.nameThatAnotherClientTookMeanwhileIsRejected();
    }
  }

  @Override
  public void whatDoesNotFitIsRejectedAndNotKept() {
    if (profile != Profile.COURIER) {
      ServerResidentContract.super.whatDoesNotFitIsRejectedAndNotKept();
    }
  }

  // There are folders from the start.

  private boolean hasFoldersFromTheStart() {
    return switch (profile) {
      case GMAIL, OUTLOOK, YAHOO, ICLOUD -> true;
      default -> false;
    };
  }

  @Override
  public void trashIsTheServersOwn() {
    if (!hasFoldersFromTheStart()) {
      ServerResidentContract.super.trashIsTheServersOwn();
    }
  }

  @Override
  public void foldersOfTheServerAreFoundWithTheirMessages() {
    if (!hasFoldersFromTheStart()) {
      ServerResidentContract.super.foldersOfTheServerAreFoundWithTheirMessages();
    }
  }

  @Override
  public void folderThatAnotherClientRenamedIsThereUnderItsNewName() {
    if (!hasFoldersFromTheStart()) {
      ServerResidentContract.super.folderThatAnotherClientRenamedIsThereUnderItsNewName();
    }
  }

  // The size is known only when the body is here.

  @Override
  public void descriptionIsTheSameBeforeAndAfterTheBodyIsHere() {
    if (profile != Profile.OUTLOOK) {
      MailboxContract.super.descriptionIsTheSameBeforeAndAfterTheBodyIsHere();
    }
  }

  /** Messages come one by one, the newest first, until the sizes are known for untrue. */
  @Override
  public void messagesOfTheSameSecondAreListedLatestFirst() {
    if (profile != Profile.OUTLOOK) {
      MailboxContract.super.messagesOfTheSameSecondAreListedLatestFirst();
    }
  }
}

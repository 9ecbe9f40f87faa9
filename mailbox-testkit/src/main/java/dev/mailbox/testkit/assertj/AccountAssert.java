// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.assertj;

import dev.mailbox.testkit.FakeAccount;
import java.util.List;
import java.util.TreeSet;
import org.assertj.core.api.AbstractAssert;

/** About a user of a server. */
public final class AccountAssert extends AbstractAssert<AccountAssert, FakeAccount> {

  AccountAssert(FakeAccount account) {
    super(account, AccountAssert.class);
  }

  /** That the user has exactly these folders, in any order; the inbox is {@code INBOX}. */
  public AccountAssert hasFolders(String... names) {
    var wanted = new TreeSet<>(List.of(names));
    return require(
        new TreeSet<>(actual.folders()).equals(wanted), "to have exactly the folders " + wanted);
  }

  /** That the user has this folder. */
  public AccountAssert hasFolder(String name) {
    return require(actual.folders().contains(name), "to have the folder " + name);
  }

  /** That the user does not have this folder. */
  public AccountAssert lacksFolder(String name) {
    return require(!actual.folders().contains(name), "not to have the folder " + name);
  }

  /** That a client has subscribed to this folder. */
  public AccountAssert isSubscribedTo(String name) {
    return require(
        actual.subscribed().contains(name),
        "to be subscribed to " + name + " but subscribed are " + actual.subscribed());
  }

  private AccountAssert require(boolean holds, String expectation) {
    if (!holds) {
      failWithMessage(
          "%s",
          "expected " + actual.name() + " " + expectation + "; there are " + actual.folders());
    }
    return this;
  }
}

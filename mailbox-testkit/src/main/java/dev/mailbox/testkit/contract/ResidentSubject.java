// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

/** What the contracts of mail that lives on a server need of the implementation they check. */
public interface ResidentSubject extends ContractSubject {
  @Override
  ResidentServer server();
}

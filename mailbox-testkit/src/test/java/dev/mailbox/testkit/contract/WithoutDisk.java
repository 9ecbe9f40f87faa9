// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

/** Rules that are about what is on the disk, where a mailbox in memory has nothing. */
interface WithoutDisk extends MailboxContract {
  @Override
  default void openingMakesTheDirectoryAndThoseAboveIt() {}

  @Override
  default void fileInPlaceOfTheDirectoryIsAnUnreadableStore() {}

  /** The stores of another account are not to be seen from this one. */
  @Override
  default void storeOfAnotherAccountIsRefusedAndLeftAsItWas() {}

  /** Damage is done by {@code damage(id)}; its own test checks that. */
  @Override
  default void damagedBodyIsReportedAndKept() {}
}

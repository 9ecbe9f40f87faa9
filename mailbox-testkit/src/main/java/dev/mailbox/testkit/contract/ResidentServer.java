// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import dev.mailbox.FolderPath;
import dev.mailbox.Residence;
import dev.mailbox.testkit.HeldMessage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** A server on which mail lives, so that more can be asked of it than what it hands out. */
public interface ResidentServer extends ContractServer {
  /**
   * What an account holds, seen and changed past the client that is tested. The account is made if
   * it does not exist yet.
   */
  ServerMailbox mailbox(String user);

  @Override
  default void deliver(String user, byte[] rawMessage) {
    deliver(user, rawMessage, Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  @Override
  default void deliver(String user, byte[] rawMessage, Instant arrivedAt) {
    mailbox(user).deliver(FolderPath.INBOX, rawMessage, arrivedAt);
  }

  @Override
  default List<byte[]> held(String user) {
    return mailbox(user).messages(FolderPath.INBOX).stream().map(HeldMessage::raw).toList();
  }

  @Override
  default Residence residence() {
    return Residence.SERVER;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.spi;

import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import java.util.Map;

/** What became of an action on the server. */
public sealed interface ActionResult {
  /**
   * The server has done it, for all messages or for some of them.
   *
   * @param newKeys for messages moved or copied, their keys in the target by their old keys, and
   *     for one appended, its key by its name, as far as the server told
   * @param refused the messages that it was not done for, by their keys, with the reasons; of an
   *     action that has no messages, and of an append, empty
   */
  record Done(Map<String, String> newKeys, Map<String, Refused> refused) implements ActionResult {
    /** Copies the maps. */
    public Done {
      newKeys = Map.copyOf(newKeys);
      refused = Map.copyOf(refused);
    }

    /** Done for all. */
    public Done(Map<String, String> newKeys) {
      this(newKeys, Map.of());
    }
  }

  /**
   * The server said no; repeating does not help.
   *
   * @param reason why
   * @param serverText what it said, without control characters
   */
  record Refused(Reason reason, String serverText) implements ActionResult {}

  /**
   * It was sent, and the connection broke before the answer: the server may have done it.
   *
   * @param problem what broke; its reason is {@code CLOSED} or {@code INTERRUPTED} if this side did
   *     it
   */
  record Unknown(MailboxException problem) implements ActionResult {}
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.command;

import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.wire.WireException;

/** ID (RFC 2971), which some servers want before they give mail. */
public final class Id {
  private Id() {}

  /** Says who we are, without waiting for the server to say the same. */
  public static void ahead(ImapSession session) throws WireException {
    if (session.capabilities().offers("ID")) {
      session.submit(
          new Plain(
              Plain.line(
                  "ID",
                  b -> b.open().string("name", "name").string("value", "dev.mailbox").close()),
              status -> {}));
    }
  }
}

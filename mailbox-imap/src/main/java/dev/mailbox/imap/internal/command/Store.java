// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.command;

import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.wire.WireException;
import java.util.Collection;
import java.util.function.Consumer;

/** UID STORE (RFC 9051 section 6.4.6), adding and taking away; never setting all at once. */
public final class Store {
  private Store() {}

  /** Adds flags without waiting. */
  public static void add(
      ImapSession session, String uids, Collection<String> flags, Consumer<Status> done)
      throws WireException {
    change(session, uids, "+FLAGS.SILENT", flags, done);
  }

  /** Takes flags away without waiting. */
  public static void remove(
      ImapSession session, String uids, Collection<String> flags, Consumer<Status> done)
      throws WireException {
    change(session, uids, "-FLAGS.SILENT", flags, done);
  }

  private static void change(
      ImapSession session, String uids, String how, Collection<String> flags, Consumer<Status> done)
      throws WireException {
    session.submit(
        new Plain(
            Plain.uidLine(
                "STORE",
                b -> {
                  b.set("uids", uids).atom("item", how).open();
                  flags.forEach(flag -> b.flag("flag", flag));
                  return b.close();
                }),
            done));
  }
}

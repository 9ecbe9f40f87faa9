// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.command;

import dev.mailbox.imap.internal.grammar.ResponseReader;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.session.Exchange;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.wire.Command;
import dev.mailbox.wire.Literals;
import dev.mailbox.wire.WireException;
import java.util.Optional;

/** NAMESPACE (RFC 2342), and LIST of nothing where there is none: the prefix and the delimiter. */
public final class Namespace implements Exchange {
  /**
   * The user's own names.
   *
   * @param prefix what they begin with, or empty
   * @param delimiter what separates their segments, or empty if there is no hierarchy
   */
  public record Personal(String prefix, String delimiter) {}

  private Optional<Personal> personal = Optional.empty();

  private Namespace() {}

  /** Asks. */
  public static Personal ask(ImapSession session) throws WireException {
    Optional<Personal> told = Optional.empty();
    if (session.capabilities().namespace()) {
      Namespace namespace = new Namespace();
      session.run(namespace);
      told = namespace.personal;
    }
    return told.isPresent() ? told.get() : new Personal("", ListFolders.delimiter(session));
  }

  @Override
  public Command command(String tag, Literals literals) {
    return Command.tagged(tag, "NAMESPACE", literals).build();
  }

  @Override
  public boolean untagged(String name, ResponseReader in) throws WireException {
    if (!name.equals("NAMESPACE")) {
      return false;
    }
    boolean listed = in.tryRead('(');
    if (listed && in.peek() == '(') {
      in.expect('(');
      String prefix = in.string();
      in.spaces();
      personal = Optional.of(new Personal(prefix, in.string()));
    }
    in.skipRest();
    return true;
  }

  @Override
  public void done(Status status) {}
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.command;

import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.wire.Command;
import dev.mailbox.wire.Sasl;
import dev.mailbox.wire.WireException;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * AUTHENTICATE (RFC 9051 section 6.2.2): login by a SASL mechanism. The first response goes with
 * the command where the server takes that (RFC 4959), else it answers the first challenge.
 */
public final class Authenticate {
  private static final int MOST_CHALLENGES = 8;

  private Authenticate() {}

  /** Logs in. */
  public static Status login(ImapSession session, Sasl mechanism) throws WireException {
    boolean atOnce = session.capabilities().saslIr() && mechanism.initialResponse().isPresent();
    session.forgetCapabilities();
    @Nullable Status[] result = {null};
    session.submit(
        new Plain(
            Plain.line(
                "AUTHENTICATE", b -> atOnce ? b.sasl(mechanism) : b.keyword(mechanism.name())),
            status -> result[0] = status));
    Optional<byte[]> first = atOnce ? Optional.empty() : mechanism.initialResponse();
    for (int i = 0; session.awaitGoAhead(); i++) {
      if (i == MOST_CHALLENGES) {
        throw session.connection().garbled("the server never ends to challenge the login");
      }
      send(session, answer(mechanism, i == 0 ? first : Optional.empty(), session.challenge()));
    }
    Status status = result[0];
    if (status == null) {
      throw new IllegalStateException("a command that is no longer under way has a status");
    }
    return status;
  }

  private static Command answer(Sasl mechanism, Optional<byte[]> first, String challenge) {
    return first
        .or(() -> decode(challenge).flatMap(mechanism::answer))
        .map(response -> Command.saslAnswer(mechanism, response))
        .orElseGet(Command::saslCancel);
  }

  private static void send(ImapSession session, Command answer) throws WireException {
    try {
      session.connection().writer().write(answer);
    } catch (WireException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException("only a payload could fail, and there is none", e);
    }
  }

  private static Optional<byte[]> decode(String base64) {
    try {
      return Optional.of(Base64.getDecoder().decode(base64.strip()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}

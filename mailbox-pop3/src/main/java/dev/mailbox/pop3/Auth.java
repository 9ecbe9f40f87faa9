// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.wire.Command;
import dev.mailbox.wire.Sasl;
import dev.mailbox.wire.WireException;
import java.util.Base64;
import java.util.Optional;

/**
 * AUTH (RFC 5034): login by a SASL mechanism.
 *
 * <p>The first response goes with the command where the line stays within the 255 octets of RFC
 * 2449 section 4, which a token never does; then it answers the server's first, empty challenge,
 * the only form that Microsoft 365 takes.
 */
final class Auth {
  private static final int LONGEST_LINE = 255;
  private static final int MOST_CHALLENGES = 8;

  private Auth() {}

  static Status login(Pop3Session session, Sasl mechanism) throws WireException {
    Command whole = Command.named("AUTH").sasl(mechanism).build();
    boolean atOnce = whole.sizeInBytes() <= LONGEST_LINE && !isBearer(mechanism);
    Command command = atOnce ? whole : Command.named("AUTH").keyword(mechanism.name()).build();
    Optional<byte[]> first = atOnce ? Optional.empty() : mechanism.initialResponse();
    Status status = session.ask(command);
    for (int i = 0; status.isContinue(); i++) {
      if (i == MOST_CHALLENGES) {
        throw session.connection().garbled("the server never ends to challenge the login");
      }
      status = session.ask(answer(mechanism, i == 0 ? first : Optional.empty(), status));
    }
    return status;
  }

  private static boolean isBearer(Sasl mechanism) {
    return !mechanism.name().equals("PLAIN") && mechanism.initialResponse().isPresent();
  }

  private static Command answer(Sasl mechanism, Optional<byte[]> first, Status challenge) {
    return first
        .or(() -> decode(challenge.text()).flatMap(mechanism::answer))
        .map(response -> Command.saslAnswer(mechanism, response))
        .orElseGet(Command::saslCancel);
  }

  private static Optional<byte[]> decode(String base64) {
    try {
      return Optional.of(Base64.getDecoder().decode(base64.strip()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}

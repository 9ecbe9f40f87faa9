// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.action;

import dev.mailbox.Flag;
import dev.mailbox.imap.internal.command.Append;
import dev.mailbox.imap.internal.folder.UidKeys;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.spi.ActionResult;
import dev.mailbox.spi.RawMessage;
import dev.mailbox.spi.RemoteAction;
import dev.mailbox.wire.Payload;
import dev.mailbox.wire.WireException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/** Puts messages into folders. */
final class Appending {
  private Appending() {}

  static ActionResult apply(Workplace at, RemoteAction.Append action) throws WireException {
    Append append =
        new Append(
            at.name(action.folder()),
            action.flags().stream().map(Flag::name).toList(),
            action.receivedAt(),
            new Bytes(action.message()));
    Status status = at.session().run(append);
    if (!status.isOk()) {
      return at.refusal(status);
    }
    return new ActionResult.Done(
        append
            .uid()
            .map(uid -> Map.of(action.name(), UidKeys.key(uid.uidValidity(), uid.uid())))
            .orElse(Map.of()));
  }

  /** A message as it goes into a command. */
  private record Bytes(RawMessage message) implements Payload {
    @Override
    public long size() {
      return message.sizeInBytes();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      try (InputStream in = message.open()) {
        in.transferTo(out);
      }
    }
  }
}

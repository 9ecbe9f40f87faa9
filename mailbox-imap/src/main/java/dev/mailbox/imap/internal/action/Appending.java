// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.action;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.RejectedException;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.imap.internal.command.Append;
import dev.mailbox.imap.internal.folder.UidKeys;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.sync.Fingerprints;
import dev.mailbox.spi.ActionResult;
import dev.mailbox.spi.RawMessage;
import dev.mailbox.spi.RemoteAction;
import dev.mailbox.wire.Payload;
import dev.mailbox.wire.WireException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
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
    at.begin();
    if (append.uid().isPresent()) {
      Append.Uid uid = append.uid().get();
      String key = UidKeys.key(uid.uidValidity(), uid.uid());
      return new ActionResult.Done(Map.of(action.name(), key));
    }
    RawMessage message = action.message();
    Fingerprints.Print print = Fingerprints.Print.of(message.headerHash(), message.sizeInBytes());
    return new ActionResult.Done(arrived(at, action.folder(), Map.of(action.name(), print)));
  }

  /** Its key, as far as it can be asked for; else the next listing tells. */
  private static Map<String, String> arrived(
      Workplace at, FolderPath folder, Map<String, Fingerprints.Print> print) throws WireException {
    try {
      at.look(folder);
      return at.recognition().arrived(folder, print, List.of()).keys();
    } catch (RejectedException | ConnectionException e) {
      if (at.session().isOpen()) {
        return Map.of();
      }
      throw e;
    }
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

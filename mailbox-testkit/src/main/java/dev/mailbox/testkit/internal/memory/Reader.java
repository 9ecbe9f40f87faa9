// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.FolderPath;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Message;
import dev.mailbox.MessageGoneException;
import dev.mailbox.MessageId;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.Residence;
import dev.mailbox.ServerId;
import dev.mailbox.ServerId.ImapUid;
import dev.mailbox.ServerId.Pop3Uidl;
import dev.mailbox.connect.LimitException;
import dev.mailbox.content.Headers;
import dev.mailbox.content.MessageContent;
import dev.mailbox.testkit.fault.Operation;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads messages, and downloads bodies when they are first read. */
final class Reader {
  private final Server server;
  private final Copy copy;
  private final Link link;
  private final Changes changes;
  private final MailboxConfig config;

  Reader(Server server, Copy copy, Link link, Changes changes) {
    this.config = link.config();
    this.server = server;
    this.copy = copy;
    this.link = link;
    this.changes = changes;
  }

  Changes changes() {
    return changes;
  }

  /** How the server names it, or did when it had it. */
  Optional<ServerId> serverId(Placement placement) {
    Optional<ImapUid> key = placement.lastKey();
    return copy.residence() == Residence.SERVER ? key.map(uid -> uid) : key.map(Reader::uidl);
  }

  /** How a POP3 server names a message. */
  static Pop3Uidl uidl(ImapUid key) {
    return new Pop3Uidl(key.uidValidity() + "." + key.uid());
  }

  Message message(Placement placement) {
    return new MemoryMessage(this, placement);
  }

  /** The messages of these that are still here, as they are now. */
  List<Message> find(Collection<MessageId> ids) {
    link.requireOpen();
    return server.read(() -> copy.find(ids).stream().map(this::message).toList());
  }

  /** The header of a message, as it is kept here. */
  Headers headers(MessageId id) {
    link.requireOpen();
    return server.read(() -> require(id).body().stored()).headers();
  }

  private Placement require(MessageId id) {
    return copy.find(id).orElseThrow(Reader::gone);
  }

  private static MessageGoneException gone() {
    return new MessageGoneException("the message is no longer there");
  }

  /** The whole message taken apart. */
  MessageContent content(MessageId id) {
    Body body = whole(id);
    return body.stored().parse(() -> requireKept(body));
  }

  /** The bytes of the whole message. */
  InputStream open(MessageId id) {
    Body body = whole(id);
    return body.stored().open(() -> requireKept(body));
  }

  /** What was given out reads the copy, which must be open, and still have it. */
  private void requireKept(Body body) {
    link.requireOpen();
    if (!server.read(body::isHeld)) {
      throw gone();
    }
  }

  /** The whole message; what is not here is downloaded. */
  private Body whole(MessageId id) {
    link.requireOpen();
    Optional<Placement> missing =
        server.read(() -> Optional.of(require(id)).filter(p -> !p.body().isHere()));
    if (missing.isPresent()) {
      link.requireServer();
      download(missing.get());
    }
    return server.read(() -> require(id).body());
  }

  private void download(Placement message) {
    FolderPath folder = server.read(message::folder);
    link.session().ask(Operation.DOWNLOAD, List.of(folder));
    int size = message.body().content().sizeInBytes();
    if (size > config.maxMessageBytes()) {
      throw new LimitException(
          Reason.LIMIT_EXCEEDED,
          "the message has " + size + " bytes, which is more than is downloaded",
          null,
          List.of());
    }
    server.change(() -> download(message.id()));
  }

  private Placement download(MessageId id) {
    Placement placement = require(id);
    boolean there =
        placement
            .place()
            .flatMap(place -> server.find(place, placement.body().content()))
            .isPresent();
    if (!there && !placement.body().isHere()) {
      throw new MessageGoneException("the server has lost the message");
    }
    copy.bodyArrived(placement, server.clock().instant());
    return placement;
  }

  /** Downloads bodies ahead; what is refused is asked for again when it is read. */
  void prefetch(Collection<MessageId> ids) {
    for (MessageId id : ids) {
      try {
        Body unused = whole(id);
      } catch (RejectedException | LimitException | MessageGoneException e) {
        // Reading the message says so.
      }
    }
  }
}

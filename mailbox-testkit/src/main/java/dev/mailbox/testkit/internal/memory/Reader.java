// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.FolderPath;
import dev.mailbox.Message;
import dev.mailbox.MessageGoneException;
import dev.mailbox.MessageId;
import dev.mailbox.RejectedException;
import dev.mailbox.Residence;
import dev.mailbox.ServerId;
import dev.mailbox.ServerId.ImapUid;
import dev.mailbox.ServerId.Pop3Uidl;
import dev.mailbox.testkit.fault.Operation;
import dev.mailbox.testkit.internal.content.Content;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads messages, and downloads bodies when they are first read. */
final class Reader {
  private final Server server;
  private final Copy copy;
  private final Link link;
  private final Changes changes;

  Reader(Server server, Copy copy, Link link, Changes changes) {
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
    return copy.residence() == Residence.SERVER
        ? key.map(uid -> uid)
        : key.map(uid -> new Pop3Uidl(uid.uidValidity() + "." + uid.uid()));
  }

  Message message(Placement placement) {
    return new MemoryMessage(this, placement);
  }

  /** The messages of these that are still here, as they are now. */
  List<Message> find(Collection<MessageId> ids) {
    link.requireOpen();
    return server.read(() -> copy.find(ids).stream().map(this::message).toList());
  }

  /** What is kept of a message, without its body if that is not here. */
  Content header(MessageId id) {
    link.requireOpen();
    return server.read(() -> require(id).body().stored());
  }

  private Placement require(MessageId id) {
    return copy.find(id).orElseThrow(() -> new MessageGoneException("the message is gone"));
  }

  /** The whole message; what is not here is downloaded. */
  Content whole(MessageId id) {
    link.requireOpen();
    Optional<FolderPath> missing =
        server.read(
            () -> Optional.of(require(id)).filter(p -> !p.body().isHere()).map(Placement::folder));
    if (missing.isPresent()) {
      link.requireServer();
      link.ask(Operation.DOWNLOAD, List.of(missing.get()));
      server.change(() -> download(id));
    }
    return server.read(() -> require(id).body().stored());
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
    copy.bodyArrived(placement, Instant.now());
    return placement;
  }

  /** Downloads bodies ahead; what is refused is asked for again when it is read. */
  void prefetch(Collection<MessageId> ids) {
    for (MessageId id : ids) {
      try {
        Content unused = whole(id);
      } catch (RejectedException | MessageGoneException e) {
        // Reading the message says so.
      }
    }
  }
}

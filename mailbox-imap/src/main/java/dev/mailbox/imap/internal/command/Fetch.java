// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.command;

import dev.mailbox.imap.internal.grammar.FetchHandler;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.session.Exchange;
import dev.mailbox.wire.Command;
import dev.mailbox.wire.Literals;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** UID FETCH (RFC 9051 sections 6.4.5 and 6.4.9). */
public final class Fetch implements Exchange {
  /** What tells whether and how a message is to be copied. */
  public static final List<String> DESCRIPTION =
      List.of("UID", "FLAGS", "INTERNALDATE", "RFC822.SIZE");

  /** What may have changed of a message. */
  public static final List<String> FLAGS = List.of("UID", "FLAGS");

  /** When it came. */
  public static final List<String> ARRIVAL = List.of("UID", "INTERNALDATE");

  /** The header of a message, without setting {@code \Seen}. */
  public static final List<String> HEADER = List.of("UID", "BODY.PEEK[HEADER]");

  /** All of a message, without setting {@code \Seen}. */
  public static final List<String> BODY = List.of("UID", "BODY.PEEK[]");

  private final String uids;
  private final List<String> items;
  private final FetchHandler handler;
  private final long expectedBytes;
  private final Consumer<Status> done;

  /**
   * A command.
   *
   * @param uids which messages
   * @param items what of them
   * @param expectedBytes about how much will come
   * @param handler takes it
   * @param done is told how it ended
   */
  public Fetch(
      String uids,
      List<String> items,
      long expectedBytes,
      FetchHandler handler,
      Consumer<Status> done) {
    this.uids = uids;
    this.items = items;
    this.expectedBytes = expectedBytes;
    this.handler = handler;
    this.done = done;
  }

  /** A piece of a message, without setting {@code \Seen}. */
  public static List<String> piece(long offset, long length) {
    return List.of("UID", "BODY.PEEK[]<" + offset + "." + length + ">");
  }

  @Override
  public Command command(String tag, Literals literals) {
    Command.Builder builder =
        Command.tagged(tag, "UID", literals).keyword("FETCH").set("uids", uids).open();
    items.forEach(builder::item);
    return builder.close().build();
  }

  @Override
  public long expectedBytes() {
    return expectedBytes;
  }

  @Override
  public Optional<FetchHandler> fetches() {
    return Optional.of(handler);
  }

  @Override
  public void done(Status status) {
    done.accept(status);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.command;

import dev.mailbox.imap.internal.grammar.ImapDate;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.imap.internal.session.Exchange;
import dev.mailbox.wire.Command;
import dev.mailbox.wire.Literals;
import dev.mailbox.wire.Payload;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** APPEND (RFC 9051 section 6.3.12), which tells the UID where the server can (RFC 4315). */
public final class Append implements Exchange {
  private final String folder;
  private final List<String> flags;
  private final Instant receivedAt;
  private final Payload message;
  private Optional<Uid> uid = Optional.empty();

  /**
   * Where the server put it.
   *
   * @param uidValidity the folder's
   * @param uid the message's
   */
  public record Uid(long uidValidity, long uid) {}

  /** Puts a message into a folder. */
  public Append(String folder, Collection<String> flags, Instant receivedAt, Payload message) {
    this.folder = folder;
    this.flags = List.copyOf(flags);
    this.receivedAt = receivedAt;
    this.message = message;
  }

  /** Its UID, if the server told. */
  public Optional<Uid> uid() {
    return uid;
  }

  @Override
  public Command command(String tag, Literals literals) {
    Command.Builder builder = Command.tagged(tag, "APPEND", literals).string("folder", folder);
    builder.open();
    flags.forEach(flag -> builder.flag("flag", flag));
    return builder.close().string("date", ImapDate.dateTime(receivedAt)).literal(message).build();
  }

  @Override
  public void done(Status status) {
    String[] words = status.argument().strip().split(" +", -1);
    if (status.has("APPENDUID") && words.length == 2 && isNumber(words[0]) && isNumber(words[1])) {
      uid = Optional.of(new Uid(Long.parseLong(words[0]), Long.parseLong(words[1])));
    }
  }

  /** Of 32 bits, and not 0. */
  private static boolean isNumber(String word) {
    return word.matches("[1-9][0-9]{0,9}") && Long.parseLong(word) <= UidSet.LARGEST;
  }
}

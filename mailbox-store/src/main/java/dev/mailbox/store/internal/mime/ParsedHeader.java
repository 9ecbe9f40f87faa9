// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import dev.mailbox.content.Address;
import dev.mailbox.content.Defect;
import dev.mailbox.content.Envelope;
import dev.mailbox.content.HeaderField;
import dev.mailbox.content.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The header of a message or part, read from its raw bytes. The same bytes give the same values
 * whichever protocol brought them.
 *
 * <p>Parsing reads the fields that {@link #envelope} shows; all others are decoded when they are
 * asked for. No bytes make it throw. Bytes above 127 are UTF-8 if they are valid as that, else
 * windows-1252. Immutable and safe for use by several threads.
 */
public final class ParsedHeader {
  private static final String[] KNOWN = {
    "subject",
    "from",
    "sender",
    "reply-to",
    "to",
    "cc",
    "bcc",
    "date",
    "message-id",
    "in-reply-to",
    "references",
    "received"
  };
  private static final int SUBJECT = 0;
  private static final int FROM = 1;
  private static final int SENDER = 2;
  private static final int REPLY_TO = 3;
  private static final int TO = 4;
  private static final int CC = 5;
  private static final int BCC = 6;
  private static final int DATE = 7;
  private static final int MESSAGE_ID = 8;
  private static final int IN_REPLY_TO = 9;
  private static final int REFERENCES = 10;
  private static final int RECEIVED = 11;

  private final byte[] block;
  private final Defects defects = new Defects();
  // Where the values of the known fields are: the first of each name. Absent ones start at -1.
  private final int[] starts = new int[KNOWN.length];
  private final int[] ends = new int[KNOWN.length];
  private int oldestReceivedStart = -1;
  private int oldestReceivedEnd;
  private final Envelope envelope;

  private ParsedHeader(byte[] block) {
    this.block = block;
    Arrays.fill(starts, -1);
    if (block.length == Limits.HEADER_BLOCK) {
      defects.add(Defect.Kind.LIMIT, "the header is longer than 4 MiB");
    }
    find();
    this.envelope = readEnvelope();
  }

  /**
   * Reads a header block, such as {@link HeaderCapture#block} gives; it ends at the first empty
   * line. A line "From " that mbox files put in front is passed over. The array is kept and must
   * not be changed afterwards.
   */
  public static ParsedHeader parse(byte[] block) {
    return new ParsedHeader(block);
  }

  private void find() {
    FieldCursor cursor = new FieldCursor(block, defects);
    while (cursor.next()) {
      int known = known(cursor);
      if (known >= 0 && starts[known] < 0) {
        starts[known] = cursor.valueStart();
        ends[known] = cursor.valueEnd();
      }
      if (known == RECEIVED) {
        oldestReceivedStart = cursor.valueStart();
        oldestReceivedEnd = cursor.valueEnd();
      }
    }
  }

  private static int known(FieldCursor cursor) {
    for (int i = 0; i < KNOWN.length; i++) {
      if (cursor.is(KNOWN[i])) {
        return i;
      }
    }
    return -1;
  }

  private Envelope readEnvelope() {
    return new Envelope(
        decoded(SUBJECT),
        addresses(FROM),
        addresses(SENDER),
        addresses(REPLY_TO),
        addresses(TO),
        addresses(CC),
        addresses(BCC),
        DateParser.parse(text(DATE)),
        MessageIds.first(text(MESSAGE_ID)),
        MessageIds.all(text(IN_REPLY_TO), defects),
        MessageIds.all(text(REFERENCES), defects));
  }

  private String text(int known) {
    return starts[known] < 0 ? "" : HeaderText.unfolded(block, starts[known], ends[known]);
  }

  private String decoded(int known) {
    return HeaderText.clean(EncodedWords.decode(text(known)));
  }

  private List<Address> addresses(int known) {
    return starts[known] < 0 ? List.of() : AddressParser.parse(text(known), defects);
  }

  /** The common fields. */
  public Envelope envelope() {
    return envelope;
  }

  /**
   * When the last server took it: the date of the topmost Received field, if it has a readable one.
   */
  public Optional<Instant> receivedAt() {
    String received = text(RECEIVED);
    return DateParser.parse(received.substring(received.lastIndexOf(';') + 1));
  }

  /**
   * The hash by which the message is known again: SHA-256 over the raw first Message-ID, Date, From
   * and Subject and the last Received field, each in the "relaxed" form of RFC 6376 section 3.4.2
   * (name in lower case, unfolded, white space reduced), absent ones left out. The field order and
   * line ends of the block do not matter. Messages with none of these fields share one hash, so it
   * says nothing about them.
   */
  public byte[] identity() {
    HeaderIdentity identity = new HeaderIdentity();
    for (int known : new int[] {MESSAGE_ID, DATE, FROM, SUBJECT}) {
      if (starts[known] >= 0) {
        identity.add(KNOWN[known], block, starts[known], ends[known]);
      }
    }
    if (oldestReceivedStart >= 0) {
      identity.add(KNOWN[RECEIVED], block, oldestReceivedStart, oldestReceivedEnd);
    }
    return identity.value();
  }

  /** Whether any of the fields that make up {@link #identity} is there. */
  public boolean hasIdentity() {
    return starts[MESSAGE_ID] >= 0
        || starts[DATE] >= 0
        || starts[FROM] >= 0
        || starts[SUBJECT] >= 0
        || oldestReceivedStart >= 0;
  }

  /** All fields, unfolded and decoded, without control characters; made anew by each call. */
  public Headers headers() {
    List<HeaderField> fields = new ArrayList<>();
    FieldCursor cursor = new FieldCursor(block, new Defects());
    while (cursor.next()) {
      String name = name(cursor);
      String raw = HeaderText.unfolded(block, cursor.valueStart(), cursor.valueEnd());
      fields.add(new HeaderField(name, HeaderText.clean(EncodedWords.decode(raw))));
    }
    return new Headers(fields);
  }

  /** The values of the fields of that name, in any case, unfolded but with their encoded words. */
  public List<String> raw(String name) {
    String lowerCase = name.toLowerCase(Locale.ROOT);
    List<String> values = new ArrayList<>();
    FieldCursor cursor = new FieldCursor(block, new Defects());
    while (cursor.next()) {
      if (cursor.is(lowerCase)) {
        values.add(HeaderText.unfolded(block, cursor.valueStart(), cursor.valueEnd()));
      }
    }
    return values;
  }

  private String name(FieldCursor cursor) {
    int length = cursor.nameEnd() - cursor.nameStart();
    return new String(block, cursor.nameStart(), length, StandardCharsets.US_ASCII);
  }

  /** What was found to be wrong. */
  public List<Defect> defects() {
    return defects.list();
  }
}

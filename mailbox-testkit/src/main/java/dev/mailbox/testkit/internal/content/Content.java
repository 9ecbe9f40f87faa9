// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mailbox.content.Envelope;
import dev.mailbox.content.Headers;
import dev.mailbox.content.MessageContent;
import dev.mailbox.content.Part;
import dev.mailbox.testkit.internal.mime.MailHeader;
import dev.mailbox.testkit.mail.MailSource;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a mail, and what they say, which is found out when it is asked for and then kept.
 * Equal when the bytes are. Thread-safe: who comes at the same time finds out the same.
 */
public final class Content {
  private final byte[] raw;
  private volatile @Nullable Fields fields;
  private volatile @Nullable Envelope envelope;
  private volatile @Nullable Words words;
  private volatile @Nullable Words headWords;

  private Content(byte[] raw) {
    this.raw = raw;
  }

  public static Content of(byte[] raw) {
    return new Content(raw.clone());
  }

  /** The same with the last byte changed, of the whole or the header, that is no white space. */
  public Content damaged(boolean inHeader) {
    byte[] other = raw.clone();
    int at = (inHeader ? headerSize() : other.length) - 1;
    while (at > 0 && other[at] <= ' ' && other[at] >= 0) {
      at--;
    }
    if (at >= 0) {
      other[at] ^= 1;
    }
    return new Content(other);
  }

  public byte[] bytes() {
    return raw.clone();
  }

  /** The bytes, of which each piece is there only if this does not throw. */
  public InputStream open(Runnable isThere) {
    return new PieceStream(raw, isThere);
  }

  /** How many bytes the header has, with the empty line behind it. */
  public int headerSize() {
    return (int) Math.min(raw.length, MailHeader.of(MailSource.of(raw)).length());
  }

  public int sizeInBytes() {
    return raw.length;
  }

  public Headers headers() {
    return fields().headers();
  }

  public Envelope envelope() {
    Envelope known = envelope;
    if (known == null) {
      known = envelope(fields());
      envelope = known;
    }
    return known;
  }

  private static Envelope envelope(Fields fields) {
    return new Envelope(
        fields.decoded("Subject"),
        fields.addresses("From"),
        fields.addresses("Sender"),
        fields.addresses("Reply-To"),
        fields.addresses("To"),
        fields.addresses("Cc"),
        fields.addresses("Bcc"),
        fields.raw("Date").flatMap(MailDate::parse),
        messageId(fields),
        fields.ids("In-Reply-To"),
        fields.ids("References"));
  }

  private static String messageId(Fields fields) {
    return fields.ids("Message-ID").stream()
        .findFirst()
        .orElseGet(() -> fields.raw("Message-ID").orElse(""));
  }

  /** When it arrived, from the newest Received field, or without one from the Date field. */
  public Optional<Instant> arrivedAt() {
    return headers()
        .first("Received")
        .map(value -> value.substring(value.lastIndexOf(';') + 1))
        .flatMap(MailDate::parse)
        .or(() -> envelope().sentAt());
  }

  /** A name that is made of the fields by which mails are told apart. */
  public String identity() {
    Headers all = headers();
    List<String> received = all.all("Received");
    List<String> parts = new ArrayList<>();
    for (String name : List.of("Message-ID", "Date", "From", "Subject")) {
      parts.add(all.first(name).orElse(""));
    }
    parts.add(received.isEmpty() ? "" : received.get(received.size() - 1));
    return UUID.nameUUIDFromBytes(parts.toString().getBytes(UTF_8)).toString();
  }

  /** The mail taken apart; it can be read as long as this does not throw. */
  public MessageContent parse(Runnable isThere) {
    return ParsedContent.of(raw, isThere);
  }

  /** The words of the header's fields that people read. */
  public Words headWords() {
    Words known = headWords;
    if (known == null) {
      known = new Words(headTexts());
      headWords = known;
    }
    return known;
  }

  /** The words of those fields, of the text, and of the names of attachments. */
  public Words words() {
    Words known = words;
    if (known == null) {
      MessageContent content = parse(() -> {});
      Stream<String> names =
          content.attachments().stream().map(Part::fileName).flatMap(Optional::stream);
      Stream<String> body = Stream.concat(Stream.of(content.text()), names);
      known = new Words(Stream.concat(headTexts().stream(), body).toList());
      words = known;
    }
    return known;
  }

  private List<String> headTexts() {
    List<String> texts = new ArrayList<>();
    texts.add(envelope().subject());
    Envelope e = envelope();
    Stream.of(e.from(), e.sender(), e.replyTo(), e.to(), e.cc(), e.bcc())
        .flatMap(List::stream)
        .forEach(address -> texts.add(address.toString()));
    return texts;
  }

  private Fields fields() {
    Fields known = fields;
    if (known == null) {
      known = new Fields(MailHeader.of(MailSource.of(raw)));
      fields = known;
    }
    return known;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof Content that && Arrays.equals(raw, that.raw));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(raw);
  }
}

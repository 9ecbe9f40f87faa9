// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.mailbox.testkit.mail.MailSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A mail or a part of one, taken apart as far as IMAP needs it (RFC 2045, 2046). Whatever the bytes
 * are, there is a tree. It shares no code with the parsers that are tested by it. Immutable.
 */
public final class MimePart {
  /** How deep parts are taken apart. */
  private static final int MOST_NESTED = 100;

  private final byte[] raw;
  private final int start;
  private final int bodyStart;
  private final int end;
  private final MailHeader header;
  private final FieldValue type;
  private final boolean tooDeep;
  private final List<MimePart> parts;
  private final @Nullable MimePart message;

  private MimePart(byte[] raw, int start, int end, Place place) {
    this.raw = raw;
    this.start = start;
    this.end = end;
    this.header = MailHeader.of(MailSource.of(Arrays.copyOfRange(raw, start, end)));
    this.bodyStart = start + (int) header.length();
    int below = place.depth() + 1;
    FieldValue said = type(header, place.defaultType());
    this.tooDeep = below >= MOST_NESTED && hasParts(said);
    // As bytes of no type, as other servers have it too.
    this.type = tooDeep ? new FieldValue("application/octet-stream", said.parameters()) : said;
    boolean multipart = type.value().startsWith("multipart/");
    boolean digest = type.value().equals("multipart/digest");
    var place2 = new Place(below, digest ? "message/rfc822" : "text/plain");
    this.parts = multipart ? split(place2) : List.of();
    boolean nested = type.value().equals("message/rfc822");
    this.message = nested ? new MimePart(raw, bodyStart, end, new Place(below)) : null;
  }

  /** Where a part stands: how deep, and what it is when it does not say. */
  private record Place(int depth, String defaultType) {
    Place(int depth) {
      this(depth, "text/plain");
    }
  }

  /** Takes a whole mail apart. */
  public static MimePart parse(byte[] raw) {
    return new MimePart(raw, 0, raw.length, new Place(0));
  }

  /** Whether it has parts that lie too deep to be taken apart. */
  public boolean isTooDeep() {
    return tooDeep;
  }

  public MailHeader header() {
    return header;
  }

  /** Content-Type, in lower case, with its parameters. */
  public FieldValue type() {
    return type;
  }

  /** What is in it, when it is a multipart that could be taken apart. */
  public List<MimePart> parts() {
    return parts;
  }

  /** The mail in it, when it is a message/rfc822. */
  public Optional<MimePart> message() {
    return Optional.ofNullable(message);
  }

  /** The bytes of the header, with the empty line behind it. */
  public byte[] headerBytes() {
    return Arrays.copyOfRange(raw, start, bodyStart);
  }

  /** The bytes behind the header, encoded as they are. */
  public byte[] body() {
    return Arrays.copyOfRange(raw, bodyStart, end);
  }

  /** How many bytes {@link #body} has. */
  public int bodySize() {
    return end - bodyStart;
  }

  /** How many lines the body has. */
  public int bodyLines() {
    int lines = 0;
    for (int i = bodyStart; i < end; i++) {
      lines += raw[i] == '\n' ? 1 : 0;
    }
    return lines;
  }

  private static FieldValue type(MailHeader header, String defaultType) {
    FieldValue said = FieldValue.parse(header.first("Content-Type"));
    boolean known = said.value().matches("[^/\\s]+/[^/\\s]+");
    return known ? said : FieldValue.parse(defaultType);
  }

  private static boolean hasParts(FieldValue type) {
    return type.value().startsWith("multipart/") || type.value().equals("message/rfc822");
  }

  private List<MimePart> split(Place place) {
    Optional<String> boundary = type.parameter("boundary");
    if (boundary.isEmpty() || boundary.get().isEmpty()) {
      return List.of();
    }
    byte[] delimiter = ("--" + boundary.get()).getBytes(ISO_8859_1);
    List<MimePart> found = new ArrayList<>();
    int partStart = -1;
    for (int line = bodyStart; line < end; ) {
      int next = lineEnd(line);
      if (startsWith(line, next, delimiter)) {
        if (partStart >= 0) {
          found.add(new MimePart(raw, partStart, Math.max(partStart, before(line)), place));
        }
        partStart = next;
        if (isClose(line + delimiter.length, next)) {
          return found;
        }
      }
      line = next;
    }
    if (partStart >= 0) {
      found.add(new MimePart(raw, partStart, end, place));
    }
    return found;
  }

  private boolean isClose(int from, int to) {
    return from + 1 < to && raw[from] == '-' && raw[from + 1] == '-';
  }

  private int lineEnd(int from) {
    for (int i = from; i < end; i++) {
      if (raw[i] == '\n') {
        return i + 1;
      }
    }
    return end;
  }

  /** The line end before a delimiter belongs to the delimiter. */
  private int before(int line) {
    int at = line > bodyStart && raw[line - 1] == '\n' ? line - 1 : line;
    return at < line && at > bodyStart && raw[at - 1] == '\r' ? at - 1 : at;
  }

  /** Whether the line is a delimiter, with nothing behind it but two hyphens and white space. */
  private boolean startsWith(int from, int to, byte[] delimiter) {
    if (to - from < delimiter.length
        || !Arrays.equals(raw, from, from + delimiter.length, delimiter, 0, delimiter.length)) {
      return false;
    }
    String rest =
        new String(raw, from + delimiter.length, to - from - delimiter.length, ISO_8859_1);
    return rest.matches("(--)?[ \t]*\r?\n?") || rest.startsWith("--");
  }
}

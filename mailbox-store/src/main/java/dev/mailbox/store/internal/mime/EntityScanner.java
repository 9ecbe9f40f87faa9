// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import dev.mailbox.content.Defect;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the parts of a message in one pass over its lines (RFC 2046 section 5.1). What it keeps are
 * offsets, so memory does not grow with bodies, and a part can be read without those before it.
 *
 * <p>There is one level of state for all depths: the innermost open entity and its ancestors. Each
 * byte is looked at once, and each line that begins with two hyphens compared with at most {@link
 * Limits#DEPTH} boundaries, which real nesting makes two or three.
 */
final class EntityScanner implements LineReader.Sink {
  private static final String TOO_DEEP = "parts are nested more than " + Limits.DEPTH + " deep";
  private static final String TOO_MANY = "more than " + Limits.PARTS + " parts";
  private static final PartHeader TEXT = untyped("text/plain");
  private static final PartHeader MESSAGE = untyped("message/rfc822");

  private enum State {
    HEADER,
    BODY,
    /** In a multipart, before its first or after its last boundary. */
    BETWEEN
  }

  private static final byte[] NONE = {};

  private final RawSource source;
  private final Budget budget;
  private final Defects defects;
  private final Entity root;

  private Entity current;
  private State state = State.HEADER;
  private final boolean[] closed = new boolean[Limits.DEPTH + 2];
  private final byte[][] boundaries = new byte[Limits.DEPTH + 2][];

  private byte[] headerBytes = new byte[4096];
  private int headerLength;

  // The first line of the present header that is no field: there the body begins if nothing else
  // shows where.
  private long doubtStart = -1;
  private int doubtLength;

  private @Nullable BodySize bodySize;
  private int lastLineBreak;

  /** How many more parts may be found in a message, including those in encoded messages. */
  static final class Budget {
    private int parts = Limits.PARTS;

    boolean hasMore() {
      return parts > 0;
    }

    private boolean take() {
      return parts > 0 && parts-- > 0;
    }
  }

  private EntityScanner(RawSource source, @Nullable Entity parent, Budget budget, Defects defects) {
    this.source = source;
    this.budget = budget;
    this.defects = defects;
    this.root = new Entity(source, parent, 0, TEXT);
    this.current = root;
    budget.take();
  }

  /**
   * Scans a source as one message.
   *
   * @param parent the part that holds the message in encoded form; null for a whole message
   */
  static Entity scan(RawSource source, @Nullable Entity parent, Budget budget, Defects defects) {
    EntityScanner scanner = new EntityScanner(source, parent, budget, defects);
    try (InputStream in = source.open()) {
      long end = LineReader.read(in, scanner);
      scanner.finish(end < 0 ? source.sizeInBytes() : end);
      return scanner.root;
    } catch (IOException e) {
      throw IoFailures.unreadable(e);
    }
  }

  private static PartHeader untyped(String type) {
    return new PartHeader(type, "", "", TransferEncoding.IDENTITY, "", "", "");
  }

  @Override
  public boolean line(LineReader.Line line) {
    if (line.startsWithHyphens() && atBoundary(line)) {
      lastLineBreak = line.breakLength();
      return state != State.BETWEEN || !current.hasRest;
    }
    switch (state) {
      case HEADER -> headerLine(line);
      case BODY -> count(line);
      case BETWEEN -> {
        count(line);
        guessBoundary(line);
      }
    }
    lastLineBreak = line.breakLength();
    return true;
  }

  private void headerLine(LineReader.Line line) {
    boolean first = line.start() == current.headerStart;
    if (first && line.isNoHeader()) {
      defects.add(Defect.Kind.HEADER_SYNTAX, "a part begins without a header");
      endHeader(line.start());
      line(line);
      return;
    }
    if (doubtStart < 0 && !first && line.startsLine() && line.isNoHeader()) {
      doubtStart = line.start();
      doubtLength = headerLength;
    }
    int kept = Math.min(line.length(), Limits.HEADER_BLOCK - headerLength);
    if (kept < line.length()) {
      defects.add(Defect.Kind.LIMIT, "the header is longer than 4 MiB");
    }
    if (headerLength + kept > headerBytes.length) {
      headerBytes =
          Arrays.copyOf(headerBytes, Math.max(2 * headerBytes.length, headerLength + kept));
    }
    System.arraycopy(line.bytes(), line.offset(), headerBytes, headerLength, kept);
    headerLength += kept;
    if (line.isEmpty()) {
      endHeader(line.start() + line.length());
    }
  }

  private void endHeader(long bodyStart) {
    boolean inDigest = current.parent != null && current.parent.isMultipartOf("digest");
    String defaultType = inDigest ? MESSAGE.type() : TEXT.type();
    current.header = PartHeader.parse(headerBytes, headerLength, defaultType, defects);
    current.bodyStart = bodyStart;
    current.bodyEnd = bodyStart;
    headerLength = 0;
    doubtStart = -1;
    state = State.BODY;
    bodySize = current.header.encoding().decoder().map(BodySize::new).orElse(null);
    if (current.header.isMultipart()) {
      startMultipart();
    } else if (current.header.isMessage()
        && current.header.encoding() == TransferEncoding.IDENTITY) {
      startMessage();
    }
  }

  private void startMultipart() {
    if (current.depth >= Limits.DEPTH) {
      defects.add(Defect.Kind.LIMIT, TOO_DEEP);
      current.hasRest = true;
      bodySize = null;
    } else {
      state = State.BETWEEN;
      closed[current.depth] = false;
      boundaries[current.depth] = current.header.boundaryBytes();
    }
  }

  private void startMessage() {
    if (current.depth >= Limits.DEPTH) {
      defects.add(Defect.Kind.LIMIT, TOO_DEEP);
    } else if (budget.take()) {
      startPart(current.bodyStart);
    } else {
      defects.add(Defect.Kind.LIMIT, TOO_MANY);
    }
  }

  private void startPart(long start) {
    Entity part = new Entity(source, current, start, TEXT);
    current.children.add(part);
    current = part;
    state = State.HEADER;
    bodySize = null;
  }

  private void count(LineReader.Line line) {
    if (bodySize != null) {
      bodySize.add(line);
    }
  }

  /** A multipart that names no boundary has the first that its body shows. */
  private void guessBoundary(LineReader.Line line) {
    if (boundaries[current.depth].length == 0 && line.startsWithHyphens()) {
      byte[] guess = line.boundary();
      if (guess.length > 0 && guess.length <= 70) {
        defects.add(Defect.Kind.BOUNDARY, "a multipart names no boundary");
        boundaries[current.depth] = guess;
        atBoundary(line);
      }
    }
  }

  private boolean atBoundary(LineReader.Line line) {
    for (@Nullable Entity e = current; e != null && e.source == source; e = e.parent) {
      byte[] boundary = e.isSplit() && !closed[e.depth] ? boundaries[e.depth] : NONE;
      if (boundary.length > 0 && line.isBoundary(boundary)) {
        closeUpTo(e, line.start());
        delimit(line, boundary);
        return true;
      }
    }
    return false;
  }

  private void delimit(LineReader.Line line, byte[] boundary) {
    state = State.BETWEEN;
    if (line.isLastBoundary(boundary)) {
      closed[current.depth] = true;
      count(line);
    } else if (budget.take()) {
      startPart(line.start() + line.length());
    } else {
      defects.add(Defect.Kind.LIMIT, TOO_MANY);
      current.hasRest = true;
      current.bodyStart = line.start();
      bodySize = null;
    }
  }

  /** Ends all entities inside one; the line break before a boundary belongs to the boundary. */
  private void closeUpTo(@Nullable Entity ancestor, long boundaryStart) {
    boolean atEnd = ancestor == null;
    if (state == State.HEADER && current != ancestor) {
      endHeaderEarly(boundaryStart, atEnd ? 0 : lastLineBreak);
    }
    long end = atEnd ? boundaryStart : boundaryStart - lastLineBreak;
    while (current != ancestor) {
      close(current, Math.max(current.bodyStart, end), atEnd);
      @Nullable Entity next = current.parent;
      if (next == null || next.source != source) {
        return;
      }
      current = next;
    }
  }

  /** Ends a header without an empty line. */
  private void endHeaderEarly(long end, int breakLength) {
    if (headerLength > 0 && (current.parent != null || doubtStart >= 0)) {
      defects.add(Defect.Kind.HEADER_SYNTAX, "a header has no end");
    }
    if (doubtStart < 0) {
      endHeader(end);
      return;
    }
    int bodyLength = headerLength - doubtLength - breakLength;
    int bodyOffset = doubtLength;
    headerLength = doubtLength;
    endHeader(doubtStart);
    if (bodySize != null) {
      bodySize.add(headerBytes, bodyOffset, bodyLength);
    }
  }

  private void close(Entity entity, long end, boolean atEnd) {
    entity.bodyEnd = end;
    entity.size = end - entity.bodyStart;
    if (entity.isSplit()) {
      closeMultipart(entity);
    }
    if (bodySize != null) {
      entity.size = bodySize.finish(atEnd);
      if (bodySize.isDamaged()) {
        entity.header.encoding().damaged(defects);
      }
      bodySize = null;
    }
  }

  private void closeMultipart(Entity entity) {
    if (entity.children.isEmpty()) {
      defects.add(Defect.Kind.BOUNDARY, "the boundary of a multipart occurs nowhere in it");
      entity.hasRest = true;
      entity.isMisnamed = true;
    } else {
      entity.size = 0;
      if (!closed[entity.depth]) {
        defects.add(Defect.Kind.BOUNDARY, "the last boundary of a multipart is missing");
      }
    }
  }

  private void finish(long end) {
    closeUpTo(null, end);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a part is in its source, and what its header says. The scanner fills it; once the tree is
 * built nothing changes any more. Bodies and headers stay in the source.
 */
final class Entity {
  final RawSource source;
  final @Nullable Entity parent;
  final int depth;
  final List<Entity> children = new ArrayList<>(0);

  long headerStart;
  long bodyStart;
  long bodyEnd;

  /** The size after decoding, of what {@link #open} gives. */
  long size;

  PartHeader header;

  /** Not taken apart, or only at its beginning: what is left can be read as one piece. */
  boolean hasRest;

  /** A multipart without parts, whose body may well be a text. */
  boolean isMisnamed;

  boolean isAttachment;

  /** Whether HTML refers to it by its Content-ID. */
  boolean isInline;

  Entity(RawSource source, @Nullable Entity parent, long start, PartHeader provisional) {
    this.source = source;
    this.parent = parent;
    this.depth = parent == null ? 0 : parent.depth + 1;
    this.headerStart = start;
    this.bodyStart = start;
    this.bodyEnd = start;
    this.header = provisional;
  }

  /** Whether its content is its children and no bytes of its own. */
  boolean isSplit() {
    return header.isMultipart() && !hasRest;
  }

  /** Multiparts must not be encoded (RFC 2045 section 6.4), so what they declare is ignored. */
  TransferEncoding encoding() {
    return header.isMultipart() && !isMisnamed ? TransferEncoding.IDENTITY : header.encoding();
  }

  boolean isMultipartOf(String subtype) {
    return header.type().equals("multipart/" + subtype);
  }

  /** The raw bytes of its header, with the empty line, as far as the limit goes. */
  InputStream openHeader() {
    long length = Math.min(bodyStart - headerStart, Limits.HEADER_BLOCK);
    return new RangeInputStream(source.open(headerStart), length);
  }

  /** The decoded bytes of its body; none if it is split. */
  InputStream open(Defects defects) {
    if (isSplit() || bodyEnd == bodyStart) {
      return InputStream.nullInputStream();
    }
    InputStream raw = new RangeInputStream(source.open(bodyStart), bodyEnd - bodyStart);
    return encoding().decode(raw, defects);
  }
}

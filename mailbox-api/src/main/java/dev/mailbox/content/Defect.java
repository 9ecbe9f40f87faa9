// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.content;

/**
 * Something in a message that is not as it should be. Parsing goes on after a defect: nothing is
 * lost, and the raw bytes are kept.
 *
 * @param kind what sort of defect it is
 * @param detail more, in words
 */
public record Defect(Kind kind, String detail) {
  /** The sorts of defects. */
  public enum Kind {
    /** A multipart without a usable boundary, or whose last boundary is missing. */
    BOUNDARY,
    /** A line of a header is no field. */
    HEADER_SYNTAX,
    /** A charset that is not known, or bytes that are not of it. */
    CHARSET,
    /** A transfer encoding that is not known, or data that is not of it. */
    ENCODING,
    /** A bound on depth, parts, header size or text length was reached; the rest is raw only. */
    LIMIT,
    /** Anything else that the parser stumbled over. */
    STRUCTURE
  }
}

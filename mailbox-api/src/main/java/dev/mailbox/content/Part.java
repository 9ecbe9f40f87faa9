// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.content;

import dev.mailbox.StoreException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One part of a message: a text, an attachment, or a multipart that holds others. Immutable. */
public interface Part {
  /** The media type in lower case without parameters, such as {@code text/plain}. */
  String contentType();

  /** The declared charset of a text, in lower case. */
  Optional<String> charset();

  /**
   * The name that the sender gave it, decoded (RFC 2047, RFC 2231), as it was sent: it may hold
   * path separators and control characters, so it is for showing, not for opening files.
   */
  Optional<String> fileName();

  /**
   * A name that is safe to save it under, on Windows, macOS and Linux: derived from {@link
   * #fileName}, without directories, control characters, reserved names or trailing dots, at most
   * 120 characters; made from the type if there is none.
   */
  String safeFileName();

  /** The Content-ID without its angle brackets, which HTML refers to as {@code cid:}. */
  Optional<String> contentId();

  /** Whether the part is to be saved rather than shown. */
  boolean isAttachment();

  /** The size in bytes after decoding; 0 for a multipart. */
  long sizeInBytes();

  /** The part's own header. */
  Headers headers();

  /** The parts inside a multipart, or the root part of an attached message; else empty. */
  List<Part> children();

  /**
   * The bytes after decoding (base64, quoted-printable), from the store; the caller closes it. An
   * attached message ({@code message/rfc822}) gives its raw bytes, a multipart none.
   */
  InputStream open();

  /**
   * The decoded text of a text part, at most 4 Mi characters; empty for other parts. Bytes that are
   * not of the charset become U+FFFD.
   */
  String text();

  /**
   * Saves the decoded bytes under {@link #safeFileName} in a directory.
   *
   * <p>It never overwrites: if the name is taken, a number is added. The file appears under its
   * name only when it is complete. The directory is made if it is missing.
   *
   * @return the file
   * @throws StoreException if it cannot be written; no partial file is left
   */
  Path saveTo(Path directory);
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.content;

import java.util.List;
import java.util.Optional;

/**
 * A message's body, taken apart (RFC 2045 to 2049).
 *
 * <p>Reading never fails because a message is malformed: what cannot be understood shows up in
 * {@link #defects}. Texts are decoded when asked for; parts are streamed from the store, so memory
 * does not grow with a message's size. Safe for use by several threads. Streams and texts may throw
 * {@link dev.mailbox.MessageGoneException} once the message has been removed.
 */
public interface MessageContent {
  /**
   * The text to read: the plain text where the message has one, else the HTML as text; empty if it
   * has neither. All inline plain texts of a multipart are joined. Of HTML the words stay; where
   * its links lead does not: that is in {@link #html}.
   *
   * <p>At most 4 Mi characters; what lies beyond is cut and recorded as a {@link
   * Defect.Kind#LIMIT}. HTML is never fetched from or rendered.
   */
  String text();

  /**
   * The HTML to show, as it was sent, at most 4 Mi characters. It is not sanitized: a program that
   * renders it must do that, and must not load what it refers to.
   */
  Optional<String> html();

  /** The parts that are attachments, in order, also those inside attached multiparts. */
  List<Part> attachments();

  /** The parts that the HTML refers to, such as images, in order. */
  List<Part> inlineParts();

  /** The message as a tree of parts. */
  Part root();

  /** What was found to be wrong so far. */
  List<Defect> defects();
}

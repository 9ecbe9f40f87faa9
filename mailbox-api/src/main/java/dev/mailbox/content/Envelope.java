// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.content;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a list of messages shows: the decoded common fields of a header (RFC 5322 section 3.6).
 * Fields that are absent or unreadable are empty.
 *
 * @param subject the subject, empty if there is none
 * @param from the authors
 * @param sender who sent it for them
 * @param replyTo where answers go; empty means to {@link #from}
 * @param to the recipients
 * @param cc who got copies
 * @param bcc who got blind copies
 * @param sentAt the Date field
 * @param messageId the Message-ID, with its angle brackets, empty if there is none
 * @param inReplyTo the In-Reply-To field's ids
 * @param references the References field's ids, oldest first
 */
public record Envelope(
    String subject,
    List<Address> from,
    List<Address> sender,
    List<Address> replyTo,
    List<Address> to,
    List<Address> cc,
    List<Address> bcc,
    Optional<Instant> sentAt,
    String messageId,
    List<String> inReplyTo,
    List<String> references) {
  /** Copies the lists. */
  public Envelope {
    from = List.copyOf(from);
    sender = List.copyOf(sender);
    replyTo = List.copyOf(replyTo);
    to = List.copyOf(to);
    cc = List.copyOf(cc);
    bcc = List.copyOf(bcc);
    inReplyTo = List.copyOf(inReplyTo);
    references = List.copyOf(references);
  }
}

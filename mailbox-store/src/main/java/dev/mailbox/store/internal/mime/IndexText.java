// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import dev.mailbox.content.Address;
import dev.mailbox.content.Envelope;
import dev.mailbox.content.Part;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a full-text index keeps of a message.
 *
 * @param subject the decoded subject
 * @param participants names and addresses of all who sent or got it
 * @param body the text to read, at most 1 Mi characters
 * @param attachmentNames the file names of its attachments
 */
public record IndexText(String subject, String participants, String body, String attachmentNames) {
  private static final int MAX_BODY = 1 << 20;
  private static final int MAX_LIST = 1 << 20;

  /**
   * Reads what is to be indexed. No bytes make it throw.
   *
   * @throws dev.mailbox.MessageGoneException if the message has been removed
   * @throws dev.mailbox.StoreException if the source cannot be read
   */
  public static IndexText extract(RawSource source, ParsedHeader header) {
    MimeContent content = MimeContent.of(source);
    Envelope envelope = header.envelope();
    String participants =
        joined(
            Stream.of(
                    envelope.from(),
                    envelope.sender(),
                    envelope.replyTo(),
                    envelope.to(),
                    envelope.cc(),
                    envelope.bcc())
                .flatMap(List::stream)
                .map(Address::toString));
    String names = joined(content.attachments().stream().flatMap(part -> name(part)));
    return new IndexText(envelope.subject(), participants, content.text(MAX_BODY), names);
  }

  private static Stream<String> name(Part part) {
    return part.fileName().stream();
  }

  private static String joined(Stream<String> texts) {
    String joined = texts.distinct().collect(Collectors.joining("\n"));
    return joined.length() > MAX_LIST ? joined.substring(0, MAX_LIST) : joined;
  }
}

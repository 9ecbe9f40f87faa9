// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import dev.mailbox.content.Defect;
import dev.mailbox.content.MessageContent;
import dev.mailbox.content.Part;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A message taken apart. The structure is found once, when it is created; bodies are read from the
 * source when they are asked for.
 */
public final class MimeContent implements MessageContent {
  private final Defects defects;
  private final MimePart root;

  private MimeContent(MimePart root, Defects defects) {
    this.root = root;
    this.defects = defects;
  }

  /**
   * Takes a message apart, which reads all of it once. No bytes make it throw.
   *
   * @throws dev.mailbox.MessageGoneException if the message has been removed
   * @throws dev.mailbox.StoreException if the source cannot be read
   */
  public static MimeContent of(RawSource source) {
    Defects defects = new Defects();
    EntityScanner.Budget budget = new EntityScanner.Budget();
    Entity root = EntityScanner.scan(source, null, budget, defects);
    scanEncodedMessages(root, budget, defects);
    PartRoles.assign(root, defects);
    return new MimeContent(new MimePart(root, defects), defects);
  }

  /**
   * A Jakarta Mail message over the same bytes. Up to 1 MiB it holds them, beyond that it reads the
   * source as needed. Until it is changed, writing it gives exactly the source's bytes.
   */
  public static MimeMessage toMimeMessage(RawSource source) {
    return StoredMimeMessage.over(source);
  }

  /**
   * An attached message must not be encoded (RFC 2046 section 5.2.1), yet some are. One is taken
   * apart as a source of its own; none inside it, or each level would be decoded again and again.
   */
  private static void scanEncodedMessages(
      Entity entity, EntityScanner.Budget budget, Defects defects) {
    for (Entity child : entity.children) {
      scanEncodedMessages(child, budget, defects);
    }
    boolean encoded =
        entity.header.isMessage() && entity.header.encoding() != TransferEncoding.IDENTITY;
    if (encoded && entity.depth < Limits.DEPTH && budget.hasMore()) {
      RawSource decoded = new DecodedSource(entity, defects);
      entity.children.add(EntityScanner.scan(decoded, entity, budget, defects));
    }
  }

  @Override
  public String text() {
    return TextSelection.text(root, Limits.TEXT_CHARS);
  }

  /** The {@link #text}, no longer than that many characters. */
  String text(int maxChars) {
    return TextSelection.text(root, maxChars);
  }

  @Override
  public Optional<String> html() {
    return Optional.of(TextSelection.html(root)).filter(html -> !html.isEmpty());
  }

  @Override
  public List<Part> attachments() {
    return list(Part::isAttachment);
  }

  @Override
  public List<Part> inlineParts() {
    return list(part -> part.entity().isInline);
  }

  @Override
  public Part root() {
    return root;
  }

  @Override
  public List<Defect> defects() {
    return defects.list();
  }

  private List<Part> list(Predicate<MimePart> wanted) {
    List<Part> parts = new ArrayList<>();
    collect(root, wanted, parts);
    return List.copyOf(parts);
  }

  /** The parts of an attached message are its own, so the walk ends at what is no multipart. */
  private static void collect(MimePart part, Predicate<MimePart> wanted, List<Part> target) {
    if (wanted.test(part)) {
      target.add(part);
    }
    if (part.entity().header.isMultipart()) {
      part.parts().forEach(child -> collect(child, wanted, target));
    }
  }
}

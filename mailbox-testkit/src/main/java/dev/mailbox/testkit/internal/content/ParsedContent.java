// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.content;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.mailbox.content.Defect;
import dev.mailbox.content.MessageContent;
import dev.mailbox.content.Part;
import dev.mailbox.testkit.internal.mime.MimePart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A mail taken apart. Immutable, but for the defects that reading it brings to light. */
final class ParsedContent implements MessageContent {
  private static final Set<String> READABLE = Set.of("text/plain", "text/html");

  private final Defects defects = new Defects();
  private final List<ContentPart> leaves = new ArrayList<>();
  private final Runnable isThere;
  private final ContentPart root;

  private ParsedContent(MimePart entity, Runnable isThere) {
    this.isThere = isThere;
    root = part(entity);
    assign(root, true, false);
    markReferences();
  }

  /** Takes a mail apart, whose bytes are to be read as long as this does not throw. */
  static ParsedContent of(byte[] raw, Runnable isThere) {
    return new ParsedContent(MimePart.parse(raw), isThere);
  }

  private ContentPart part(MimePart entity) {
    List<MimePart> inside = entity.message().map(List::of).orElseGet(entity::parts);
    List<ContentPart> children = new ArrayList<>();
    for (MimePart each : inside) {
      children.add(part(each));
    }
    var fields = new Fields(entity.header());
    if (fields.isBroken()) {
      defects.add(Defect.Kind.HEADER_SYNTAX, "a line of a header is no field");
    }
    ContentPart part =
        new ContentPart(entity, fields, children, new ContentPart.Means(defects, isThere));
    checkBounds(entity, part);
    return part;
  }

  private void checkBounds(MimePart entity, ContentPart part) {
    if (entity.isTooDeep()) {
      defects.add(Defect.Kind.LIMIT, "parts are nested too deep");
    } else if (part.isMultipart() && !isClosed(entity)) {
      defects.add(Defect.Kind.BOUNDARY, "a multipart has no last boundary");
    }
  }

  private static boolean isClosed(MimePart entity) {
    String boundary = entity.type().parameter("boundary").orElse("");
    return !boundary.isEmpty()
        && new String(entity.body(), ISO_8859_1).contains("--" + boundary + "--");
  }

  /**
   * Tells what is read from what is attached: a text with a name is attached, unless the mail
   * begins with it.
   */
  private void assign(ContentPart part, boolean first, boolean alternative) {
    if (part.isMultipart() && !part.parts().isEmpty()) {
      boolean choice = part.contentType().equals("multipart/alternative");
      for (int i = 0; i < part.parts().size(); i++) {
        assign(part.parts().get(i), first && i == 0, choice);
      }
      return;
    }
    leaves.add(part);
    if (!isRead(part, first, alternative)) {
      part.makeAttachment();
    }
  }

  private static boolean isRead(ContentPart part, boolean first, boolean alternative) {
    if (!part.isText() || part.isSaidToBeAttached()) {
      return false;
    }
    boolean named = part.fileName().isPresent();
    return READABLE.contains(part.contentType())
        ? !named || first
        : !named && alternative && !part.contentType().equals("text/calendar");
  }

  private void markReferences() {
    String pages = joined(isRead("text/html")).toLowerCase(Locale.ROOT);
    if (!pages.contains("cid:")) {
      return;
    }
    for (ContentPart leaf : leaves) {
      Optional<String> id = leaf.contentId().map(each -> each.toLowerCase(Locale.ROOT));
      if (leaf.isAttachment() && id.filter(each -> pages.contains("cid:" + each)).isPresent()) {
        leaf.makeInline();
      }
    }
  }

  private static Predicate<ContentPart> isRead(String type) {
    return part -> !part.isAttachment() && !part.isInline() && part.contentType().equals(type);
  }

  private String joined(Predicate<ContentPart> wanted) {
    return leaves.stream().filter(wanted).map(ContentPart::text).collect(Collectors.joining("\n"));
  }

  @Override
  public String text() {
    String plain = joined(isRead("text/plain")).replace("\r\n", "\n");
    boolean hasPlain = leaves.stream().anyMatch(isRead("text/plain"));
    return hasPlain ? plain : HtmlText.of(joined(isRead("text/html")));
  }

  @Override
  public Optional<String> html() {
    return leaves.stream().filter(isRead("text/html")).map(ContentPart::text).findFirst();
  }

  @Override
  public List<Part> attachments() {
    return leaves.stream().filter(ContentPart::isAttachment).map(Part.class::cast).toList();
  }

  @Override
  public List<Part> inlineParts() {
    return leaves.stream().filter(ContentPart::isInline).map(Part.class::cast).toList();
  }

  @Override
  public Part root() {
    return root;
  }

  @Override
  public List<Defect> defects() {
    return defects.all();
  }
}

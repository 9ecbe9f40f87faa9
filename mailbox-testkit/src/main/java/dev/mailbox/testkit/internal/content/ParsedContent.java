// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.content;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.mailbox.content.Defect;
import dev.mailbox.content.MessageContent;
import dev.mailbox.content.Part;
import dev.mailbox.testkit.internal.mime.MimePart;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mail taken apart. Immutable, but for the defects that reading it brings to light. */
final class ParsedContent implements MessageContent {
  private static final int MOST_PARTS = 10_000;
  private static final int DEEPEST = 100;
  private static final Pattern BOUNDARY = Pattern.compile("(?m)^--([^\\s\"\\\\]{1,70})\\s*$");

  private final Defects defects = new Defects();
  private final Runnable isThere;
  private final ContentPart root;
  private int parts;

  private ParsedContent(MimePart entity, Runnable isThere) {
    this.isThere = isThere;
    root = part(entity, 0);
    new Roles(root).assign();
  }

  /** Takes a mail apart, whose bytes are to be read as long as this does not throw. */
  static ParsedContent of(byte[] raw, Runnable isThere) {
    return new ParsedContent(MimePart.parse(raw), isThere);
  }

  private ContentPart part(MimePart found, int depth) {
    MimePart entity = found.isTooDeep() && depth < DEEPEST ? anew(found) : found;
    var fields = new Fields(entity.header());
    fields.defects().forEach(each -> defects.add(each.kind(), each.detail()));
    List<ContentPart> children = new ArrayList<>();
    for (MimePart each : inside(entity, fields)) {
      if (++parts > MOST_PARTS) {
        defects.add(Defect.Kind.LIMIT, "more than " + MOST_PARTS + " parts");
        break;
      }
      children.add(part(each, depth + 1));
    }
    var part = new ContentPart(entity, fields, children, new ContentPart.Means(defects, isThere));
    checkBounds(entity, part);
    part.findDefects();
    return part;
  }

  /** The same, taken apart as if it were a mail. */
  private static MimePart anew(MimePart part) {
    var whole = new ByteArrayOutputStream();
    whole.writeBytes(part.headerBytes());
    whole.writeBytes(part.body());
    return MimePart.parse(whole.toByteArray());
  }

  private List<MimePart> inside(MimePart entity, Fields fields) {
    String encoding = fields.raw("Content-Transfer-Encoding").orElse("");
    if (entity.message().isPresent()) {
      byte[] decoded = Decoding.decode(entity.body(), encoding, defects);
      return Arrays.equals(decoded, entity.body())
          ? List.of(entity.message().get())
          : List.of(MimePart.parse(decoded));
    }
    boolean nameless =
        entity.type().value().startsWith("multipart/")
            && entity.type().parameter("boundary").orElse("").isEmpty();
    return nameless ? guessed(entity) : entity.parts();
  }

  /** A multipart that names no boundary has the first that its body shows. */
  private List<MimePart> guessed(MimePart entity) {
    Matcher line = BOUNDARY.matcher(new String(entity.body(), ISO_8859_1));
    if (!line.find()) {
      return List.of();
    }
    defects.add(Defect.Kind.BOUNDARY, "a multipart names no boundary");
    var whole = new ByteArrayOutputStream();
    String type = "Content-Type: multipart/mixed; boundary=\"" + line.group(1) + "\"\r\n\r\n";
    whole.writeBytes(type.getBytes(ISO_8859_1));
    whole.writeBytes(entity.body());
    return MimePart.parse(whole.toByteArray()).parts();
  }

  private void checkBounds(MimePart entity, ContentPart part) {
    String boundary = entity.type().parameter("boundary").orElse("");
    if (entity.isTooDeep()) {
      defects.add(Defect.Kind.LIMIT, "parts are nested more than 100 deep");
    } else if (part.isMisnamed()) {
      defects.add(Defect.Kind.BOUNDARY, "the boundary of a multipart occurs nowhere in it");
    } else if (part.isSplit()
        && !boundary.isEmpty()
        && !new String(entity.body(), ISO_8859_1).contains("--" + boundary + "--")) {
      defects.add(Defect.Kind.BOUNDARY, "the last boundary of a multipart is missing");
    }
  }

  @Override
  public String text() {
    return TextChoice.text(root);
  }

  @Override
  public Optional<String> html() {
    return Optional.of(TextChoice.html(root)).filter(html -> !html.isEmpty());
  }

  @Override
  public List<Part> attachments() {
    return list(ContentPart::isAttachment);
  }

  @Override
  public List<Part> inlineParts() {
    return list(ContentPart::isInline);
  }

  private List<Part> list(Predicate<ContentPart> wanted) {
    List<Part> found = new ArrayList<>();
    collect(root, wanted, found);
    return List.copyOf(found);
  }

  /** What is in an attached message is its own. */
  private static void collect(ContentPart part, Predicate<ContentPart> wanted, List<Part> found) {
    if (wanted.test(part)) {
      found.add(part);
    }
    if (part.isMultipart()) {
      part.parts().forEach(each -> collect(each, wanted, found));
    }
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

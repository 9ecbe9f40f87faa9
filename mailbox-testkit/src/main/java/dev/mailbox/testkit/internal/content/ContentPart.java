// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.content;

import dev.mailbox.content.Headers;
import dev.mailbox.content.Part;
import dev.mailbox.testkit.internal.mime.FieldValue;
import dev.mailbox.testkit.internal.mime.MimePart;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One part of a mail. What it is for is settled before anybody else sees it. */
final class ContentPart implements Part {
  private final MimePart entity;
  private final Fields fields;
  private final FieldValue disposition;
  private final List<ContentPart> children;
  private final Defects defects;
  private final Runnable isThere;
  private boolean attachment;
  private boolean inline;

  /** Where defects are told, and what throws when there is nothing to be read any more. */
  record Means(Defects defects, Runnable isThere) {}

  ContentPart(MimePart entity, Fields fields, List<ContentPart> children, Means means) {
    this.entity = entity;
    this.fields = fields;
    this.disposition = FieldValue.parse(fields.raw("Content-Disposition").orElse(""));
    this.children = children;
    this.defects = means.defects();
    this.isThere = means.isThere();
  }

  boolean isMultipart() {
    return contentType().startsWith("multipart/");
  }

  boolean isMessage() {
    return contentType().equals("message/rfc822");
  }

  boolean isText() {
    return contentType().startsWith("text/");
  }

  boolean isSaidToBeAttached() {
    return disposition.value().equals("attachment");
  }

  void makeAttachment() {
    attachment = true;
  }

  void makeInline() {
    attachment = false;
    inline = true;
  }

  boolean isInline() {
    return inline;
  }

  List<ContentPart> parts() {
    return children;
  }

  @Override
  public String contentType() {
    return entity.type().value();
  }

  @Override
  public Optional<String> charset() {
    return entity.type().parameter("charset").map(name -> name.toLowerCase(Locale.ROOT));
  }

  @Override
  public Optional<String> fileName() {
    return PartName.sent(disposition, entity.type());
  }

  @Override
  public String safeFileName() {
    return PartName.safe(fileName().orElse(""), contentType());
  }

  @Override
  public Optional<String> contentId() {
    return fields
        .raw("Content-ID")
        .map(id -> id.replaceAll("^<|>$", ""))
        .filter(id -> !id.isEmpty());
  }

  @Override
  public boolean isAttachment() {
    return attachment;
  }

  @Override
  public long sizeInBytes() {
    return decoded().length;
  }

  @Override
  public Headers headers() {
    isThere.run();
    return fields.headers();
  }

  @Override
  public List<Part> children() {
    return List.copyOf(children);
  }

  @Override
  public InputStream open() {
    return new PieceStream(decoded(), isThere);
  }

  @Override
  public String text() {
    isThere.run();
    return isText() ? Decoding.text(decoded(), charset().orElse(""), defects) : "";
  }

  @Override
  public Path saveTo(Path directory) {
    isThere.run();
    return Saver.save(decoded(), directory, safeFileName());
  }

  private byte[] decoded() {
    if (isMultipart() && !(children.isEmpty() && attachment)) {
      return new byte[0];
    }
    String encoding = fields.raw("Content-Transfer-Encoding").orElse("");
    return Decoding.decode(entity.body(), encoding, defects);
  }

  @Override
  public String toString() {
    return "Part[" + contentType() + "]";
  }
}

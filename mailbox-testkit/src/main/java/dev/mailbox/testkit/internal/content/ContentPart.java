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
import java.util.regex.Pattern;

/** One part of a mail. What it is for is settled before anybody else sees it. */
final class ContentPart implements Part {
  private static final Pattern TYPE = Pattern.compile("[!-.0-~]+/[!-~]+");

  private final MimePart entity;
  private final Fields fields;
  private final FieldValue disposition;
  private final String contentType;
  private final String encoding;
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
    this.contentType = mediaType();
    this.encoding = FieldValue.parse(fields.raw("Content-Transfer-Encoding").orElse("")).value();
    this.children = children;
    this.defects = means.defects();
    this.isThere = means.isThere();
  }

  boolean isMultipart() {
    return contentType().startsWith("multipart/");
  }

  /** Whether its content is its parts, and no bytes of its own. */
  boolean isSplit() {
    return isMultipart() && !children.isEmpty();
  }

  /** Whether it says that it has parts, and has none: its body may well be a text. */
  boolean isMisnamed() {
    return isMultipart() && children.isEmpty() && !entity.isTooDeep();
  }

  boolean isMessage() {
    return contentType().equals("message/rfc822") || contentType().equals("message/global");
  }

  /** Finds out what is wrong with its encoding, if it has one. */
  void findDefects() {
    if (!encoding.isEmpty()) {
      long unused = sizeInBytes();
    }
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
    return contentType;
  }

  /** What is no type is the usual one, or of a file, bytes (RFC 2045, section 5.2). */
  private String mediaType() {
    String said = FieldValue.parse(fields.raw("Content-Type").orElse("")).value();
    if (said.isEmpty() || TYPE.matcher(said).matches()) {
      return said.isEmpty() ? entity.type().value() : said;
    }
    boolean isFile = fileName().isPresent() || isSaidToBeAttached();
    return isFile ? "application/octet-stream" : entity.type().value();
  }

  @Override
  public Optional<String> charset() {
    return Optional.of(declaredCharset()).filter(name -> isText() && !name.isEmpty());
  }

  private String declaredCharset() {
    String said = entity.type().parameter("charset").orElse("");
    return said.replaceFirst("(?s)[\\s(].*", "").toLowerCase(Locale.ROOT);
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
        .map(id -> id.matches("(?s)<.*>") ? id.substring(1, id.length() - 1) : id)
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
    return isText() || isMisnamed() ? Decoding.text(decoded(), declaredCharset(), defects) : "";
  }

  @Override
  public Path saveTo(Path directory) {
    isThere.run();
    return Saver.save(decoded(), directory, safeFileName());
  }

  /** What has parts must not be encoded, so that what it says of that does not count. */
  private byte[] decoded() {
    if (isSplit()) {
      return new byte[0];
    }
    boolean counts = !isMultipart() || isMisnamed();
    return Decoding.decode(entity.body(), counts ? encoding : "", defects);
  }

  @Override
  public String toString() {
    return "Part[" + contentType() + "]";
  }
}

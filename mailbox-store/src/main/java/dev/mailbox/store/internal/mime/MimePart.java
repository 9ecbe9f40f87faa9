// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import dev.mailbox.content.Headers;
import dev.mailbox.content.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A part as an application sees it. */
final class MimePart implements Part {
  private final Entity entity;
  private final Defects defects;
  private final List<MimePart> parts;

  MimePart(Entity entity, Defects defects) {
    this.entity = entity;
    this.defects = defects;
    this.parts = entity.children.stream().map(child -> new MimePart(child, defects)).toList();
  }

  Entity entity() {
    return entity;
  }

  List<MimePart> parts() {
    return parts;
  }

  @Override
  public String contentType() {
    return entity.header.type();
  }

  @Override
  public Optional<String> charset() {
    return entity.header.declaredCharset();
  }

  @Override
  public Optional<String> fileName() {
    return Optional.of(entity.header.fileName()).filter(name -> !name.isEmpty());
  }

  @Override
  public String safeFileName() {
    return SafeFileName.of(fileName().orElse(null), contentType());
  }

  @Override
  public Optional<String> contentId() {
    return Optional.of(entity.header.contentId()).filter(id -> !id.isEmpty());
  }

  @Override
  public boolean isAttachment() {
    return entity.isAttachment;
  }

  @Override
  public long sizeInBytes() {
    return entity.size;
  }

  @Override
  public Headers headers() {
    try (InputStream in = entity.openHeader()) {
      return ParsedHeader.parse(in.readAllBytes()).headers();
    } catch (IOException e) {
      throw IoFailures.unreadable(e);
    }
  }

  @Override
  public List<Part> children() {
    return List.copyOf(parts);
  }

  @Override
  public InputStream open() {
    return entity.open(defects);
  }

  @Override
  public String text() {
    return text(Limits.TEXT_CHARS);
  }

  String text(int maxChars) {
    boolean isText = entity.header.isText() || entity.isMisnamed;
    return isText ? BodyText.read(entity, maxChars, defects) : "";
  }

  @Override
  public Path saveTo(Path directory) {
    return FileSaver.save(this, directory);
  }

  @Override
  public String toString() {
    return contentType() + fileName().map(name -> " \"" + name + "\"").orElse("");
  }
}

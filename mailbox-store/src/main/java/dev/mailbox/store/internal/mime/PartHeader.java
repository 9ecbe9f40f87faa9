// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What the header of a part says about its body (RFC 2045, RFC 2183).
 *
 * @param type the media type, in lower case
 * @param charset the declared charset in lower case, empty if there is none
 * @param boundary the boundary of a multipart, one byte in each character, empty if there is none
 * @param encoding the transfer encoding
 * @param disposition the disposition in lower case, empty if there is none
 * @param fileName the file name, empty if there is none
 * @param contentId the Content-ID without brackets, empty if there is none
 */
record PartHeader(
    String type,
    String charset,
    String boundary,
    TransferEncoding encoding,
    String disposition,
    String fileName,
    String contentId) {
  private static final int MAX_TYPE = 255;

  /** Reads a header block; a part without a readable type is of the default one. */
  static PartHeader parse(byte[] block, int length, String defaultType, Defects defects) {
    Fields fields = new Fields();
    fields.read(length == block.length ? block : Arrays.copyOf(block, length), defects);
    ContentField type = fields.type;
    String fileName =
        fields
            .disposition
            .text("filename")
            .or(() -> type.text("name"))
            .map(PartHeader::cut)
            .orElse("");
    boolean isFile = !fileName.isEmpty() || fields.disposition.value().equals("attachment");
    return new PartHeader(
        mediaType(type.value(), isFile ? "application/octet-stream" : defaultType, defaultType),
        type.token("charset").map(c -> cut(c).toLowerCase(Locale.ROOT)).orElse(""),
        type.bytes("boundary").map(PartHeader::boundary).orElse(""),
        TransferEncoding.named(fields.encoding, defects),
        fields.disposition.value(),
        fileName,
        cut(fields.contentId));
  }

  /** RFC 2045 section 5.2 takes a type that is missing or cannot be read as the default type. */
  private static String mediaType(String declared, String ifBroken, String ifMissing) {
    if (declared.isEmpty()) {
      return ifMissing;
    }
    int slash = declared.indexOf('/');
    boolean sound =
        slash > 0
            && slash < declared.length() - 1
            && declared.length() <= MAX_TYPE
            && declared.chars().allMatch(c -> c > ' ' && c < 127);
    return sound ? declared : ifBroken;
  }

  private static String boundary(String declared) {
    return declared.length() > Limits.NAME_CHARS ? "" : declared.stripTrailing();
  }

  private static String cut(String name) {
    return name.length() > Limits.NAME_CHARS ? name.substring(0, Limits.NAME_CHARS) : name;
  }

  boolean isMultipart() {
    return type.startsWith("multipart/");
  }

  boolean isMessage() {
    return type.equals("message/rfc822") || type.equals("message/global");
  }

  boolean isText() {
    return type.startsWith("text/");
  }

  Optional<String> declaredCharset() {
    return isText() && !charset.isEmpty() ? Optional.of(charset) : Optional.empty();
  }

  /** The fields that matter, the first of each. */
  private static final class Fields {
    private ContentField type = ContentField.ABSENT;
    private ContentField disposition = ContentField.ABSENT;
    private String encoding = "";
    private String contentId = "";

    void read(byte[] block, Defects defects) {
      FieldCursor cursor = new FieldCursor(block, defects);
      while (cursor.next()) {
        if (cursor.is("content-type") && type == ContentField.ABSENT) {
          type = ContentField.parse(value(block, cursor), defects);
        } else if (cursor.is("content-disposition") && disposition == ContentField.ABSENT) {
          disposition = ContentField.parse(value(block, cursor), defects);
        } else if (cursor.is("content-transfer-encoding") && encoding.isEmpty()) {
          encoding = ContentField.parse(value(block, cursor), defects).value();
        } else if (cursor.is("content-id") && contentId.isEmpty()) {
          contentId = withoutBrackets(value(block, cursor).trim());
        }
      }
    }

    private static String value(byte[] block, FieldCursor cursor) {
      return HeaderText.bytesUnfolded(block, cursor.valueStart(), cursor.valueEnd());
    }

    private static String withoutBrackets(String id) {
      boolean bracketed = id.length() > 1 && id.startsWith("<") && id.endsWith(">");
      return HeaderText.fromBytes(bracketed ? id.substring(1, id.length() - 1) : id);
    }
  }

  /** The boundary's bytes. */
  byte[] boundaryBytes() {
    return boundary.getBytes(StandardCharsets.ISO_8859_1);
  }
}

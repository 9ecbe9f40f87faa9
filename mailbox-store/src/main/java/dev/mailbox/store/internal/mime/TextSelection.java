// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Picks and joins the texts to read. Of alternatives (RFC 2046 section 5.1.4) one is taken: for
 * plain text the first that has one, else the richest as text; for HTML the last that has one.
 * Anything else that is shown in sequence is joined. Each part is read at most once.
 */
final class TextSelection {
  private final boolean asHtml;
  private final int maxChars;

  private TextSelection(boolean asHtml, int maxChars) {
    this.asHtml = asHtml;
    this.maxChars = maxChars;
  }

  /** The text to read, with LF as line end. */
  static String text(MimePart root, int maxChars) {
    return new TextSelection(false, maxChars).collect(root, maxChars);
  }

  /** The HTML to show, empty if there is none. */
  static String html(MimePart root) {
    return new TextSelection(true, Limits.TEXT_CHARS).collect(root, Limits.TEXT_CHARS);
  }

  private String collect(MimePart part, int room) {
    if (part.isAttachment() || part.entity().isInline || room <= 0) {
      return "";
    }
    if (!part.entity().isSplit()) {
      return leaf(part, room);
    }
    if (part.entity().isMultipartOf("alternative")) {
      return firstOf(alternatives(part), room);
    }
    if (part.entity().isMultipartOf("related")) {
      return firstOf(part.parts(), room);
    }
    return joined(part.parts(), room);
  }

  private String leaf(MimePart part, int room) {
    boolean isHtml = part.contentType().equals("text/html");
    if (asHtml) {
      return isHtml ? part.text(room) : "";
    }
    if (isHtml) {
      return HtmlText.toText(part.text(maxChars), room);
    }
    return part.text(room).replace("\r\n", "\n");
  }

  private String firstOf(List<MimePart> parts, int room) {
    for (MimePart part : parts) {
      String text = collect(part, room);
      if (!text.isBlank()) {
        return text;
      }
    }
    return "";
  }

  private String joined(List<MimePart> parts, int room) {
    StringBuilder out = new StringBuilder();
    for (MimePart part : parts) {
      String text = collect(part, room - out.length() - 1);
      if (!text.isEmpty()) {
        if (out.length() > 0 && out.charAt(out.length() - 1) != '\n') {
          out.append('\n');
        }
        out.append(text);
      }
    }
    return out.toString();
  }

  private List<MimePart> alternatives(MimePart part) {
    List<MimePart> preferred = new ArrayList<>();
    List<MimePart> others = new ArrayList<>();
    for (MimePart child : part.parts()) {
      if (!asHtml && hasPlain(child)) {
        preferred.add(child);
      } else {
        others.add(child);
      }
    }
    Collections.reverse(others);
    preferred.addAll(others);
    return preferred;
  }

  private static boolean hasPlain(MimePart part) {
    return part.contentType().equals("text/plain")
        || (part.entity().isSplit() && part.parts().stream().anyMatch(TextSelection::hasPlain));
  }
}

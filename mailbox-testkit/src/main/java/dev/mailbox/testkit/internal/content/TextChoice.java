// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.content;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The text of a mail to read, or the page to show: one of alternatives (RFC 2046, section 5.1.4),
 * all of what comes one after the other.
 */
final class TextChoice {
  private final boolean asPage;

  private TextChoice(boolean asPage) {
    this.asPage = asPage;
  }

  /** The text, with LF as line end. */
  static String text(ContentPart root) {
    return new TextChoice(false).of(root);
  }

  /** The HTML; empty if there is none. */
  static String html(ContentPart root) {
    return new TextChoice(true).of(root);
  }

  private String of(ContentPart part) {
    if (part.isAttachment() || part.isInline()) {
      return "";
    }
    if (!part.isSplit()) {
      return leaf(part);
    }
    return switch (part.contentType()) {
      case "multipart/alternative" -> first(alternatives(part.parts()));
      case "multipart/related" -> first(part.parts());
      default -> joined(part.parts());
    };
  }

  private String leaf(ContentPart part) {
    boolean page = part.contentType().equals("text/html");
    if (asPage) {
      return page ? part.text() : "";
    }
    return page ? HtmlText.of(part.text()) : part.text().replace("\r\n", "\n");
  }

  private String first(List<ContentPart> parts) {
    return parts.stream().map(this::of).filter(text -> !text.isBlank()).findFirst().orElse("");
  }

  private String joined(List<ContentPart> parts) {
    var out = new StringBuilder();
    for (ContentPart part : parts) {
      String text = of(part);
      boolean open = !out.isEmpty() && out.charAt(out.length() - 1) != '\n';
      out.append(open && !text.isEmpty() ? "\n" : "").append(text);
    }
    return out.toString();
  }

  /** Plain text first, then the richest. */
  private List<ContentPart> alternatives(List<ContentPart> parts) {
    List<ContentPart> plain = new ArrayList<>();
    List<ContentPart> others = new ArrayList<>();
    parts.forEach(each -> (!asPage && hasPlain(each) ? plain : others).add(each));
    Collections.reverse(others);
    plain.addAll(others);
    return plain;
  }

  private static boolean hasPlain(ContentPart part) {
    return part.contentType().equals("text/plain")
        || (part.isSplit() && part.parts().stream().anyMatch(TextChoice::hasPlain));
  }
}

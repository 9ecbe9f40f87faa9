// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import java.util.Locale;
import java.util.Set;
import org.jsoup.parser.Parser;

/**
 * HTML as text to read: tags dropped, blocks on lines of their own, entities resolved, scripts and
 * styles left out. One pass over the characters without a tree, since the tree of a hostile page
 * takes fifty times its size.
 */
final class HtmlText {
  private static final Set<String> SKIPPED = Set.of("script", "style", "title", "template");
  private static final Set<String> PARAGRAPHS =
      Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "dl", "hr");
  private static final Set<String> BLOCKS =
      Set.of(
          "div",
          "tr",
          "table",
          "li",
          "dt",
          "dd",
          "section",
          "article",
          "header",
          "footer",
          "main",
          "form",
          "fieldset",
          "address",
          "center",
          "body",
          "figure",
          "nav",
          "aside",
          "caption");
  private static final int MAX_TAG_NAME = 16;

  private final String html;
  private final int maxChars;
  private final StringBuilder out = new StringBuilder();
  private int pos;
  private boolean space;
  private int breaks;
  private int preformatted;

  private HtmlText(String html, int maxChars) {
    this.html = html;
    this.maxChars = maxChars;
  }

  /** The text of a page, no more than some number of characters; the rest is left out. */
  static String toText(String html, int maxChars) {
    return new HtmlText(html, maxChars).convert();
  }

  private String convert() {
    while (pos < html.length() && out.length() < maxChars) {
      int tag = html.indexOf('<', pos);
      int end = tag < 0 ? html.length() : tag;
      text(html.substring(pos, end));
      pos = end;
      if (tag >= 0) {
        markup();
      }
    }
    if (out.length() > maxChars) {
      out.setLength(maxChars);
    }
    return out.toString().stripTrailing();
  }

  private void text(String run) {
    String resolved = run.indexOf('&') < 0 ? run : Parser.unescapeEntities(run, false);
    for (int i = 0; i < resolved.length(); i++) {
      character(resolved.charAt(i));
    }
  }

  private void character(char c) {
    if (preformatted > 0 && c == '\n') {
      breaks++;
      space = false;
    } else if (preformatted > 0 && c == ' ') {
      separate();
      out.append(c);
    } else if (c <= ' ') {
      space = true;
    } else {
      separate();
      out.append(c == '\u00A0' ? ' ' : c);
    }
  }

  private void separate() {
    if (out.length() > 0) {
      if (breaks > 0) {
        out.append("\n\n", 0, Math.min(breaks, 2));
      } else if (space) {
        out.append(' ');
      }
    }
    breaks = 0;
    space = false;
  }

  private void lineBreaks(int count) {
    breaks = Math.max(breaks, count);
  }

  private void markup() {
    char next = pos + 1 < html.length() ? html.charAt(pos + 1) : ' ';
    if (next == '!' || next == '?') {
      skipDeclaration();
    } else if (next == '/' || isLetter(next)) {
      tag(next == '/');
    } else {
      character('<');
      pos++;
    }
  }

  private void skipDeclaration() {
    boolean comment = html.startsWith("<!--", pos);
    int end = comment ? html.indexOf("-->", pos + 4) : html.indexOf('>', pos);
    pos = end < 0 ? html.length() : end + (comment ? 3 : 1);
  }

  private void tag(boolean closing) {
    int start = pos + (closing ? 2 : 1);
    int end = start;
    while (end < html.length() && end - start < MAX_TAG_NAME && isNameChar(html.charAt(end))) {
      end++;
    }
    String name = html.substring(start, end).toLowerCase(Locale.ROOT);
    pos = tagEnd(end);
    if (!closing && SKIPPED.contains(name)) {
      skipElement(name);
    } else {
      layout(name, closing);
    }
  }

  /** Behind the bracket that ends a tag: one inside quotes does not. */
  private int tagEnd(int from) {
    char quote = 0;
    for (int i = from; i < html.length(); i++) {
      char c = html.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '>') {
        return i + 1;
      } else if ((c == '"' || c == '\'') && html.charAt(i - 1) == '=') {
        quote = c;
      }
    }
    return html.length();
  }

  private void skipElement(String name) {
    int end = html.indexOf("</", pos);
    while (end >= 0 && !html.regionMatches(true, end + 2, name, 0, name.length())) {
      end = html.indexOf("</", end + 2);
    }
    pos = end < 0 ? html.length() : tagEnd(end + 2);
  }

  private void layout(String name, boolean closing) {
    if (name.equals("br")) {
      breaks++;
    } else if (PARAGRAPHS.contains(name)) {
      lineBreaks(2);
    } else if (BLOCKS.contains(name)) {
      lineBreaks(1);
    } else if (name.equals("td") || name.equals("th")) {
      space = true;
    }
    if (name.equals("pre")) {
      preformatted = Math.max(0, preformatted + (closing ? -1 : 1));
    } else if (name.equals("li") && !closing) {
      separate();
      out.append("- ");
    }
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isNameChar(char c) {
    return isLetter(c) || (c >= '0' && c <= '9');
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.content;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of an HTML page: blocks on lines of their own, what is not shown left out. What is no
 * HTML is taken for what it can be. For one page.
 */
final class HtmlText {
  /** A comment or declaration, an element that is not shown, or a tag with its name. */
  private static final Pattern MARKUP =
      Pattern.compile(
          "(?is)<!--.*?(?:-->|\\z)|<[!?][^>]*>?|<(script|style|title|template)\\b[^>]*>.*?(?:</\\1[^>]*>|\\z)"
              + "|<(/?)([a-z][a-z0-9]*)(?:=\"[^\"]*\"|='[^']*'|[^>])*>?");

  private static final Set<String> PARAGRAPHS =
      Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "dl", "hr");
  private static final Set<String> BLOCKS =
      Set.of(
          ("div tr table li dt dd section article header footer main form fieldset address center"
                  + " body figure nav aside caption")
              .split(" ", -1));
  private static final Pattern ENTITY = Pattern.compile("&(#[xX]?)?([0-9A-Za-z]{1,31});");
  private static final Pattern ACCENTED =
      Pattern.compile("([A-Za-z])(acute|grave|circ|tilde|uml|cedil|ring|caron)");
  private static final Map<String, String> MARKS =
      Map.of(
          "acute", "\u0301",
          "grave", "\u0300",
          "circ", "\u0302",
          "tilde", "\u0303",
          "uml", "\u0308",
          "cedil", "\u0327",
          "ring", "\u030a",
          "caron", "\u030c");
  private static final Map<String, String> NAMED = new HashMap<>();

  static {
    String named =
        "amp & lt < gt > quot \" apos ' nbsp \u00a0 szlig ß euro € copy © reg ® trade ™ hellip …"
            + " bull • middot · mdash — ndash – lsquo ‘ rsquo ’ ldquo “ rdquo ” sbquo ‚ bdquo „"
            + " laquo « raquo » larr ← rarr → uarr ↑ darr ↓ sect § para ¶ deg ° plusmn ± times ×"
            + " divide ÷ frac12 ½ frac14 ¼ frac34 ¾ pound £ yen ¥ cent ¢ iexcl ¡ iquest ¿ oslash ø"
            + " Oslash Ø aelig æ AElig Æ oelig œ OElig Œ check ✓ hearts ♥";
    String[] words = named.split(" ", -1);
    for (int i = 0; i < words.length; i += 2) {
      NAMED.put(words[i], words[i + 1]);
    }
  }

  private final StringBuilder out = new StringBuilder();
  private boolean space;
  private int breaks;
  private int preformatted;

  static String of(String html) {
    return new HtmlText().text(html);
  }

  private String text(String html) {
    Matcher markup = MARKUP.matcher(html);
    int end = 0;
    while (markup.find()) {
      words(html.substring(end, markup.start()));
      end = markup.end();
      if (markup.group(3) != null) {
        tag(markup.group(3).toLowerCase(Locale.ROOT), !markup.group(2).isEmpty());
      }
    }
    words(html.substring(end));
    return out.toString().stripTrailing();
  }

  private void words(String run) {
    String text = ENTITY.matcher(run).replaceAll(HtmlText::quotedCharacter);
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (preformatted > 0 && each == '\n') {
        breaks++;
        space = false;
      } else if (each <= ' ' && !(preformatted > 0 && each == ' ')) {
        space = true;
      } else {
        separate();
        out.append(each == '\u00a0' ? ' ' : each);
      }
    }
  }

  private void separate() {
    if (!out.isEmpty()) {
      out.append(breaks > 0 ? "\n".repeat(Math.min(breaks, 2)) : space ? " " : "");
    }
    breaks = 0;
    space = false;
  }

  private void tag(String name, boolean closing) {
    if (name.equals("br")) {
      breaks++;
    } else if (PARAGRAPHS.contains(name)) {
      breaks = Math.max(breaks, 2);
    } else if (BLOCKS.contains(name)) {
      breaks = Math.max(breaks, 1);
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

  private static String quotedCharacter(MatchResult entity) {
    String sign = entity.group(1);
    String name = entity.group(2);
    String character = sign == null ? named(name) : numbered(name, sign.length() == 2 ? 16 : 10);
    return Matcher.quoteReplacement(character.isEmpty() ? entity.group() : character);
  }

  private static String named(String name) {
    var accented = ACCENTED.matcher(name);
    return accented.matches()
        ? Normalizer.normalize(
            accented.group(1) + MARKS.get(accented.group(2)), Normalizer.Form.NFC)
        : NAMED.getOrDefault(name, "");
  }

  private static String numbered(String digits, int radix) {
    try {
      int point = Integer.parseInt(digits, radix);
      return Character.isValidCodePoint(point) ? Character.toString(point) : "\ufffd";
    } catch (NumberFormatException e) {
      return "\ufffd";
    }
  }
}

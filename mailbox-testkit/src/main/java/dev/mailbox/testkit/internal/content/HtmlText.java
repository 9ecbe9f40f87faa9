// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.content;

import java.text.Normalizer;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of an HTML page. What is no HTML is taken for what it can be. */
final class HtmlText {
  private static final Pattern UNSEEN =
      Pattern.compile("(?is)<!--.*?-->|<(script|style|title)\\b.*?</\\1\\s*>");
  private static final Pattern BREAK =
      Pattern.compile("(?i)<(?:br|/?(?:p|div|tr|li|ul|ol|table|h[1-6]|blockquote))\\b[^>]*>");
  private static final Pattern TAG = Pattern.compile("(?s)</?[A-Za-z!?][^>]*>");
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
  private static final Map<String, String> NAMED =
      Map.of(
          "amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ", "szlig", "ß",
          "euro", "€", "copy", "©", "hellip", "…");

  private HtmlText() {}

  static String of(String html) {
    String seen = UNSEEN.matcher(html).replaceAll(" ");
    String broken = BREAK.matcher(seen.replaceAll("\\s+", " ")).replaceAll("\n");
    String text = TAG.matcher(broken).replaceAll("");
    return ENTITY.matcher(text).replaceAll(HtmlText::quotedCharacter).strip();
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

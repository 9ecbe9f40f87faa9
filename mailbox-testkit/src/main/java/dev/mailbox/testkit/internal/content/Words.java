// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.content;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The words of some texts, without regard to case, accents and punctuation. Immutable. */
public final class Words {
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern GAPS = Pattern.compile("[^\\p{L}\\p{N}]+");

  private final List<List<String>> texts;

  Words(List<String> texts) {
    this.texts = texts.stream().map(Words::split).toList();
  }

  /**
   * Whether these words stand in one of the texts, next to each other and in this order; the last
   * may be the beginning of one.
   */
  public boolean contain(String phrase) {
    List<String> wanted = split(phrase);
    return !wanted.isEmpty() && texts.stream().anyMatch(text -> contains(text, wanted));
  }

  private static boolean contains(List<String> text, List<String> wanted) {
    int last = wanted.size() - 1;
    for (int i = 0; i + last < text.size(); i++) {
      if (text.subList(i, i + last).equals(wanted.subList(0, last))
          && text.get(i + last).startsWith(wanted.get(last))) {
        return true;
      }
    }
    return false;
  }

  private static List<String> split(String text) {
    String plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
    String folded = plain.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return Arrays.stream(GAPS.split(folded)).filter(word -> !word.isEmpty()).toList();
  }
}

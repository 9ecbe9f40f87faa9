// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.words;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of one server. Immutable. */
public final class Wording {
  /** Those of no particular one. */
  public static final Wording NEUTRAL = new Wording(Map.of());

  private static final Pattern NAME = Pattern.compile("\\{([A-Za-z]+)\\}");

  private final Map<Phrase, String> own;

  private Wording(Map<Phrase, String> own) {
    this.own = own;
  }

  /** The same but for this. */
  public Wording with(Phrase phrase, String text) {
    Map<Phrase, String> more = new HashMap<>(own);
    more.put(phrase, text);
    return new Wording(Map.copyOf(more));
  }

  /** What it says, with the names in braces as they are. */
  public String of(Phrase phrase) {
    return own.getOrDefault(phrase, phrase.neutral());
  }

  /** What it says, with what is known. */
  public String say(Phrase phrase, Map<String, String> known) {
    return filled(of(phrase), known);
  }

  /** A text with what is known for the names in braces; other names stay. */
  public static String filled(String text, Map<String, String> known) {
    return NAME.matcher(text)
        .replaceAll(
            name -> Matcher.quoteReplacement(known.getOrDefault(name.group(1), name.group())));
  }

  /** What it says, where one thing is known. */
  public String say(Phrase phrase, String name, Object value) {
    return say(phrase, Map.of(name, String.valueOf(value)));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.script;

import dev.mailbox.testkit.internal.transcript.Escapes;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line that a client is expected to say: a tag of its choice, text, {@code ***} for anything, and
 * perhaps the announcement of a literal. Immutable.
 */
final class ClientLine {
  private static final String ANYTHING = "***";
  private static final Pattern ANNOUNCED = Pattern.compile("\\{([0-9]{1,9})(\\+?)}$");

  private final String tag;
  private final String text;
  private final Pattern pattern;

  private ClientLine(String tag, String text, boolean anySize) {
    this.tag = tag;
    this.text = text;
    this.pattern = Pattern.compile(regex(text, anySize), Pattern.DOTALL);
  }

  /**
   * As a transcript writes it.
   *
   * @param tagged whether the first word is a tag
   */
  static ClientLine of(String text, boolean tagged) {
    int space = tagged ? text.indexOf(' ') : -1;
    return space < 0
        ? new ClientLine("", text, false)
        : new ClientLine(text.substring(0, space), text.substring(space + 1), false);
  }

  /** The same with a literal of any size. */
  ClientLine withAnySize() {
    return new ClientLine(tag, text, true);
  }

  /** What the transcript calls the tag; empty without one. */
  String tag() {
    return tag;
  }

  /** The first word behind the tag, in upper case. */
  String command() {
    return text.split(" ", 2)[0].toUpperCase(Locale.ROOT);
  }

  /** Whether there is something behind the first word. */
  boolean hasArguments() {
    return text.strip().indexOf(' ') > 0;
  }

  boolean matches(String said) {
    return pattern.matcher(withoutTag(said)).matches() && (tag.isEmpty() || tagOf(said) != null);
  }

  /** How many characters of what was said agree with this. */
  int agreement(String said) {
    String rest = withoutTag(said);
    int agreed = 0;
    int end = rest.length() + 1;
    while (end - agreed > 1) {
      int middle = (agreed + end) >>> 1;
      Matcher matcher = pattern.matcher(rest.substring(0, middle));
      if (matcher.matches() || matcher.hitEnd()) {
        agreed = middle;
      } else {
        end = middle;
      }
    }
    return said.length() - rest.length() + agreed;
  }

  /** Whether anything may follow, literals as well. */
  boolean takesTheRest() {
    return text.endsWith(ANYTHING);
  }

  /** As the transcript writes it, with the tag that this client gave it. */
  String shown(String said) {
    String own = tagOf(said);
    return tag.isEmpty() ? text : (own == null ? tag : own) + " " + text;
  }

  /** The tag in what a client said; null if that is no command with a tag. */
  static @Nullable String tagOf(String said) {
    int space = said.indexOf(' ');
    return space <= 0 ? null : said.substring(0, space);
  }

  /** The size of the literal that a line announces, or -1. */
  static int announced(String line) {
    Matcher matcher = ANNOUNCED.matcher(line);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : -1;
  }

  /** Whether whoever announces a literal so waits for leave to send it. */
  static boolean waits(String line) {
    return !line.endsWith("+}");
  }

  private String withoutTag(String said) {
    return tag.isEmpty() || tagOf(said) == null ? said : said.substring(said.indexOf(' ') + 1);
  }

  private static String regex(String text, boolean anySize) {
    Matcher announcement = ANNOUNCED.matcher(text);
    boolean announces = anySize && announcement.find();
    String fixed = announces ? text.substring(0, announcement.start()) : text;
    var regex = new StringBuilder();
    String[] pieces = fixed.split(Pattern.quote(ANYTHING), -1);
    for (int i = 0; i < pieces.length; i++) {
      regex.append(i == 0 ? "" : ".*").append(Pattern.quote(Escapes.unescape(pieces[i])));
    }
    if (announces) {
      regex.append("\\{[0-9]{1,9}").append(announcement.group(2).isEmpty() ? "}" : "\\+}");
    }
    return regex.toString();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.mime;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An address as ENVELOPE has it (RFC 3501, section 7.4.2): names are not decoded; a group begins
 * with an address that has no host, and ends with one that has neither.
 *
 * @param name the display name
 * @param route the source route that no mail has had for long
 * @param local what is before the at sign, or the name of a group
 * @param host what is behind the at sign
 */
public record MailAddress(
    @Nullable String name, @Nullable String route, @Nullable String local, @Nullable String host) {

  /** Takes a field apart; what is no address is one without a host that can be seen. */
  public static List<MailAddress> parse(String field) {
    List<MailAddress> all = new ArrayList<>();
    boolean inGroup = false;
    int start = 0;
    for (int at = 0; at <= field.length(); at = next(field, at)) {
      char each = at < field.length() ? field.charAt(at) : ',';
      if (each == ':' && !inGroup && !field.substring(start, at).contains("<")) {
        all.add(new MailAddress(null, null, phrase(field.substring(start, at)), null));
        inGroup = true;
        start = at + 1;
      } else if (each == ',' || (each == ';' && inGroup)) {
        add(field.substring(start, at), all);
        start = at + 1;
        if (each == ';') {
          all.add(new MailAddress(null, null, null, null));
          inGroup = false;
        }
      }
    }
    if (inGroup) {
      all.add(new MailAddress(null, null, null, null));
    }
    return all;
  }

  private static void add(String text, List<MailAddress> all) {
    String stripped = text.strip();
    if (!stripped.isEmpty()) {
      all.add(one(stripped));
    }
  }

  private static MailAddress one(String text) {
    int open = text.lastIndexOf('<');
    int close = text.lastIndexOf('>');
    if (open < 0 || close < open) {
      String bare = phrase(text);
      int at = bare.lastIndexOf('@');
      String name = comment(text);
      return at < 0
          ? new MailAddress(name, null, bare, "MISSING_DOMAIN")
          : new MailAddress(name, null, bare.substring(0, at), bare.substring(at + 1));
    }
    String spec = text.substring(open + 1, close).strip();
    int colon = spec.startsWith("@") ? spec.indexOf(':') : -1;
    String route = colon < 0 ? null : spec.substring(0, colon);
    spec = spec.substring(colon + 1);
    int at = spec.lastIndexOf('@');
    String phrase = phrase(text.substring(0, open));
    String name = phrase.isEmpty() ? comment(text) : phrase;
    return at < 0
        ? new MailAddress(name, route, phrase(spec), "MISSING_DOMAIN")
        : new MailAddress(name, route, phrase(spec.substring(0, at)), spec.substring(at + 1));
  }

  /** Words without quotes and comments, with one space between. */
  private static String phrase(String text) {
    return new FieldScanner(text).until().replaceAll("\\s+", " ");
  }

  /** What an old mail has in parentheses for a name. */
  private static @Nullable String comment(String text) {
    int open = text.indexOf('(');
    int close = text.lastIndexOf(')');
    return open < 0 || close < open ? null : text.substring(open + 1, close).strip();
  }

  /** The next place that is not inside quotes or a comment. */
  private static int next(String text, int at) {
    if (at >= text.length()) {
      return at + 1;
    }
    char each = text.charAt(at);
    int end = each == '"' ? end(text, at, '"') : each == '(' ? end(text, at, ')') : at;
    return end + 1;
  }

  private static int end(String text, int from, char closing) {
    for (int i = from + 1; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == closing) {
        return i;
      }
    }
    return text.length() - 1;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import dev.mailbox.content.Defect;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A field made of a value and parameters, as Content-Type is (RFC 2045 section 5.1), with the
 * continuations and charsets of RFC 2231. The first of several parameters of one name counts.
 */
final class ContentField {
  static final ContentField ABSENT = new ContentField("", new Defects());

  private final String text;
  private final Defects defects;
  private int pos;
  private final String value;
  private final Map<String, String> plain = new HashMap<>();
  private final Map<String, ParameterSections> extended = new HashMap<>();
  private int count;

  private ContentField(String text, Defects defects) {
    this.text = text;
    this.defects = defects;
    this.value = readValue();
    readParameters();
  }

  /** Reads an unfolded value that holds one byte in each character. */
  static ContentField parse(String bytes, Defects defects) {
    return new ContentField(bytes, defects);
  }

  /** What stands before the parameters, in lower case. */
  String value() {
    return value;
  }

  /** A parameter that is one word, such as a charset: cut at white space or a comment. */
  Optional<String> token(String name) {
    return bytes(name)
        .map(
            bytes -> {
              int end = 0;
              while (end < bytes.length() && bytes.charAt(end) > ' ' && bytes.charAt(end) != '(') {
                end++;
              }
              return bytes.substring(0, end);
            })
        .filter(token -> !token.isEmpty());
  }

  /** A parameter with one byte in each character. */
  Optional<String> bytes(String name) {
    @Nullable ParameterSections sections = extended.get(name);
    return sections == null ? Optional.ofNullable(plain.get(name)) : Optional.of(sections.bytes());
  }

  /** A parameter as text: decoded by RFC 2231, or by RFC 2047, which many use instead. */
  Optional<String> text(String name) {
    @Nullable ParameterSections sections = extended.get(name);
    if (sections != null) {
      return Optional.of(sections.text());
    }
    return Optional.ofNullable(plain.get(name))
        .map(bytes -> EncodedWords.decode(HeaderText.fromBytes(bytes)));
  }

  private String readValue() {
    skipSpaceAndComments();
    int start = pos;
    while (pos < text.length() && " \t;,(".indexOf(text.charAt(pos)) < 0) {
      pos++;
    }
    String found = text.substring(start, pos);
    if (found.indexOf('=') > 0) {
      pos = start;
      return "";
    }
    return found.replace("\"", "").toLowerCase(Locale.ROOT);
  }

  private void readParameters() {
    while (pos < text.length()) {
      skipSeparators();
      int nameStart = pos;
      while (pos < text.length() && "=;".indexOf(text.charAt(pos)) < 0) {
        pos++;
      }
      if (pos < text.length() && text.charAt(pos) == '=') {
        String name = text.substring(nameStart, pos).trim().toLowerCase(Locale.ROOT);
        pos++;
        String parameter = readParameter();
        if (!keep(name, parameter)) {
          return;
        }
      }
    }
  }

  private boolean keep(String name, String parameter) {
    if (++count > Limits.PARAMETERS) {
      defects.add(Defect.Kind.LIMIT, "more than " + Limits.PARAMETERS + " parameters");
      return false;
    }
    int star = name.indexOf('*');
    if (star > 0) {
      extended
          .computeIfAbsent(name.substring(0, star), key -> new ParameterSections())
          .add(name.substring(star), parameter);
    } else {
      plain.putIfAbsent(name, parameter);
    }
    return true;
  }

  private String readParameter() {
    skipSpaceAndComments();
    if (pos < text.length() && text.charAt(pos) == '"') {
      return readQuoted();
    }
    int start = pos;
    int end = text.indexOf(';', pos);
    pos = end < 0 ? text.length() : end;
    return text.substring(start, pos).trim();
  }

  /**
   * A backslash quotes only quotes and backslashes: elsewhere it is more often the separator of a
   * path that was not quoted.
   */
  private String readQuoted() {
    StringBuilder out = new StringBuilder();
    pos++;
    while (pos < text.length() && text.charAt(pos) != '"') {
      char c = text.charAt(pos);
      if (c == '\\' && pos + 1 < text.length() && "\"\\".indexOf(text.charAt(pos + 1)) >= 0) {
        pos++;
      }
      out.append(text.charAt(pos++));
    }
    pos++;
    return out.toString();
  }

  private void skipSeparators() {
    skipSpaceAndComments();
    while (pos < text.length() && ";,".indexOf(text.charAt(pos)) >= 0) {
      pos++;
      skipSpaceAndComments();
    }
  }

  private void skipSpaceAndComments() {
    int depth = 0;
    while (pos < text.length()) {
      char c = text.charAt(pos);
      if (c == '(') {
        depth++;
      } else if (c == ')' && depth > 0) {
        depth--;
      } else if (depth == 0 && c != ' ' && c != '\t') {
        return;
      }
      pos++;
    }
  }
}

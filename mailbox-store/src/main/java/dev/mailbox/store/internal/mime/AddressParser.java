// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import dev.mailbox.content.Address;
import dev.mailbox.content.Defect;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list of addresses (RFC 5322 section 3.4) the way people write them: names with unquoted
 * dots and commas in encoded words, missing brackets and quotes, comments as names, semicolons
 * between addresses. Groups are flattened. Each character is looked at a bounded number of times.
 */
final class AddressParser {
  /** A run of characters without space: as written, and as shown. */
  private record Word(String raw, String shown, boolean hasAt) {
    static Word comment(String content) {
      return new Word("", "(" + content + ")", false);
    }

    boolean isComment() {
      return raw.isEmpty();
    }
  }

  private final String text;
  private final Defects defects;
  private final EncodedWords.Finder encodedWords;
  private final int lastQuote;
  private final int lastComment;
  private final int lastBracket;
  private final List<Address> found = new ArrayList<>();
  private int pos;

  private final List<Word> words = new ArrayList<>();
  private final StringBuilder raw = new StringBuilder();
  private final StringBuilder shown = new StringBuilder();
  private boolean wordHasAt;
  private String comment = "";
  private @Nullable String angle;
  private String angleName = "";

  private AddressParser(String text, Defects defects) {
    this.text = text;
    this.defects = defects;
    this.encodedWords = new EncodedWords.Finder(text);
    this.lastQuote = text.lastIndexOf('"');
    this.lastComment = text.lastIndexOf(')');
    this.lastBracket = text.lastIndexOf(']');
  }

  /** The addresses in an unfolded value, decoded. */
  static List<Address> parse(String value, Defects defects) {
    return PlainAddresses.parse(value).orElseGet(() -> parseAny(value, defects));
  }

  /** The same for what need not be plain. */
  static List<Address> parseAny(String value, Defects defects) {
    return value.isEmpty() ? List.of() : new AddressParser(value, defects).parse();
  }

  private List<Address> parse() {
    while (pos < text.length() && found.size() < Limits.ADDRESSES) {
      step(text.charAt(pos));
    }
    endWord();
    flush();
    if (found.size() > Limits.ADDRESSES || pos < text.length()) {
      defects.add(Defect.Kind.LIMIT, "more than " + Limits.ADDRESSES + " addresses in a field");
      return found.subList(0, Math.min(found.size(), Limits.ADDRESSES));
    }
    return found;
  }

  private void step(char c) {
    switch (c) {
      case ' ', '\t' -> {
        endWord();
        pos++;
      }
      case ',', ';' -> {
        pos++;
        endWord();
        flush();
      }
      case ':' -> {
        pos++;
        endWord();
        endGroupName();
      }
      case '"' -> quoted();
      case '(' -> comment();
      case '<' -> angle();
      case '>' -> pos++;
      case '[' -> domainLiteral();
      case '=' -> encodedWord();
      default -> literal(c);
    }
  }

  private void literal(char c) {
    raw.append(c);
    shown.append(c);
    wordHasAt |= c == '@';
    pos++;
  }

  private void endWord() {
    if (raw.length() > 0) {
      words.add(new Word(raw.toString(), shown.toString(), wordHasAt));
      raw.setLength(0);
      shown.setLength(0);
      wordHasAt = false;
    }
  }

  /** What stands before a colon names a group, or is an address if it looks like one. */
  private void endGroupName() {
    if (angle == null && words.stream().noneMatch(Word::hasAt)) {
      words.clear();
      comment = "";
    } else {
      flush();
    }
  }

  private void quoted() {
    if (pos == lastQuote) {
      literal('"');
      return;
    }
    int start = pos++;
    while (pos < text.length() && text.charAt(pos) != '"') {
      if (text.charAt(pos) == '\\' && pos + 1 < text.length()) {
        pos++;
      }
      shown.append(text.charAt(pos++));
    }
    pos = Math.min(pos + 1, text.length());
    raw.append(text, start, pos);
  }

  private void comment() {
    if (pos > lastComment) {
      literal('(');
      return;
    }
    StringBuilder content = new StringBuilder();
    int depth = 1;
    pos++;
    while (pos < text.length()) {
      char c = text.charAt(pos++);
      if (c == '\\' && pos < text.length()) {
        c = text.charAt(pos++);
      } else if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0) {
        break;
      }
      content.append(c);
    }
    remember(content.toString().trim());
  }

  /** A comment is a name if nothing else is, and part of the name it stands in. */
  private void remember(String content) {
    if (!content.isEmpty()) {
      boolean nested = content.startsWith("(") && content.endsWith(")");
      comment = nested ? content.substring(1, content.length() - 1) : content;
      boolean insideAddress = raw.length() > 0 && raw.charAt(raw.length() - 1) == '@';
      if (!insideAddress) {
        endWord();
        words.add(Word.comment(comment));
      }
    }
  }

  private void angle() {
    endWord();
    if (angle != null) {
      flushAngle();
    }
    while (pos < text.length() && text.charAt(pos) == '<') {
      pos++;
    }
    int start = skipRoute(pos);
    pos = start;
    while (pos < text.length() && "><,;".indexOf(text.charAt(pos)) < 0) {
      if (text.charAt(pos) == '"' && pos < lastQuote) {
        pos = text.indexOf('"', pos + 1);
      }
      pos++;
    }
    pos = Math.min(pos, text.length());
    angle = address(text.substring(start, pos).trim());
    angleName = nameOf(words);
    words.clear();
    if (pos < text.length() && text.charAt(pos) == '>') {
      pos++;
    }
  }

  /** What stands in brackets, less a URL's scheme; some put the name of an empty group there. */
  private String address(String content) {
    if (content.endsWith(":") && pos < text.length() && text.charAt(pos) == ';') {
      int close = text.indexOf('>', pos);
      pos = close < 0 ? pos : close;
      return "";
    }
    String bare = content.indexOf('(') < 0 ? content : HeaderText.withoutComments(content).trim();
    return bare.regionMatches(true, 0, "mailto:", 0, 7) ? bare.substring(7) : bare;
  }

  /** A source route, {@code @a,@b:}, as RFC 5322 section 4.4 has it, is not part of the address. */
  private int skipRoute(int from) {
    int i = from;
    if (i >= text.length() || text.charAt(i) != '@') {
      return from;
    }
    while (i < text.length() && "><:\"".indexOf(text.charAt(i)) < 0) {
      i++;
    }
    return i < text.length() && text.charAt(i) == ':' ? i + 1 : from;
  }

  private void domainLiteral() {
    boolean afterAt = raw.length() > 0 && raw.charAt(raw.length() - 1) == '@';
    literal('[');
    while (afterAt && pos <= lastBracket && text.charAt(pos - 1) != ']') {
      literal(text.charAt(pos));
    }
  }

  private void encodedWord() {
    int end = text.startsWith("=?", pos) ? encodedWords.end(pos) : -1;
    if (end < 0) {
      literal('=');
      return;
    }
    raw.append(text, pos, end);
    shown.append(text, pos, end);
    pos = end;
  }

  private void flush() {
    if (angle != null) {
      if (angleName.isEmpty()) {
        angleName = nameOf(words);
      }
      flushAngle();
    } else if (!words.isEmpty()) {
      flushWords(joinAroundAt());
    }
    words.clear();
    comment = "";
  }

  /** Adds the address in brackets; words behind it may be the name of the next. */
  private void flushAngle() {
    add(angleName, angle == null ? "" : angle);
    comment = "";
    angle = null;
    angleName = "";
  }

  private void flushWords(List<Word> joined) {
    joined.removeIf(Word::isComment);
    if (joined.isEmpty()) {
      return;
    }
    if (joined.size() > 1 && joined.stream().allMatch(Word::hasAt)) {
      joined.forEach(word -> add("", word.raw()));
      return;
    }
    int last = joined.size() - 1;
    while (last >= 0 && !joined.get(last).hasAt()) {
      last--;
    }
    String address = last < 0 ? "" : joined.remove(last).raw();
    add(nameOf(joined), address);
  }

  /** Obsolete syntax lets spaces stand around the at sign. */
  private List<Word> joinAroundAt() {
    List<Word> joined = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      if (word.raw().equals("@") && !joined.isEmpty() && i + 1 < words.size()) {
        Word local = joined.remove(joined.size() - 1);
        Word domain = words.get(++i);
        String whole = local.raw() + "@" + domain.raw();
        joined.add(new Word(whole, whole, true));
      } else {
        joined.add(word);
      }
    }
    return joined;
  }

  private void add(String name, String address) {
    String shownName = name.isEmpty() ? EncodedWords.decode(comment) : name;
    if (!shownName.isEmpty() || !address.isEmpty()) {
      found.add(new Address(HeaderText.clean(shownName).trim(), address));
    }
  }

  private static String nameOf(List<Word> words) {
    if (words.stream().allMatch(Word::isComment)) {
      return "";
    }
    return EncodedWords.decode(words.stream().map(Word::shown).collect(Collectors.joining(" ")));
  }
}

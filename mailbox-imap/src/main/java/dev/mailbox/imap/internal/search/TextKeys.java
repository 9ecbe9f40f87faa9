// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.search;

import dev.mailbox.search.Query;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/**
 * Keys for text. Whatever holds the text holds its pieces, so each piece is asked for by itself.
 * Pieces hold no control character and no half of a surrogate pair, and so can always be sent.
 */
final class TextKeys {
  /** The beginning of a piece is enough to find it. */
  private static final int LONGEST_PIECE = 200;

  /** The first pieces are enough to leave few messages. */
  private static final int MOST_PIECES = 20;

  private static final Pattern NOT_ASCII = Pattern.compile("[^\\x00-\\x7f]+");
  private static final int SHORTEST_PART = 3;

  private TextKeys() {}

  static SearchKey envelope(Query.InEnvelope in) {
    return switch (in.field()) {
      case FROM -> address("FROM", in.text());
      case TO -> address("TO", in.text());
      case CC -> address("CC", in.text());
      case RECIPIENT ->
          SearchKey.or(
              List.of(
                  address("TO", in.text()), address("CC", in.text()), address("BCC", in.text())));
      case SUBJECT -> all(pieces(in.text(), TextKeys::separatesText), leaf("SUBJECT"));
      case MESSAGE_ID -> all(pieces(in.text(), TextKeys::separatesText), field("Message-ID"));
    };
  }

  /**
   * Spaces may stand around the at sign of an address, and servers know its sides by themselves.
   */
  private static SearchKey address(String word, String text) {
    return all(pieces(text, c -> c == '@' || separatesText(c)), leaf(word));
  }

  /** Without a piece the field must still be there, which the empty text asks for. */
  static SearchKey header(Query.InHeader in) {
    List<String> pieces = pieces(in.text(), TextKeys::separatesText);
    return all(pieces.isEmpty() ? List.of("") : pieces, field(in.name()));
  }

  static SearchKey words(Query.InText text) {
    return all(pieces(text.words(), c -> !Character.isLetterOrDigit(c)), leaf("TEXT"));
  }

  private static Function<String, SearchKey> leaf(String word) {
    return piece -> SearchKey.leaf(word, new SearchToken.Text(piece));
  }

  private static Function<String, SearchKey> field(String name) {
    return piece ->
        SearchKey.leaf("HEADER", new SearchToken.Text(name), new SearchToken.Text(piece));
  }

  private static SearchKey all(List<String> pieces, Function<String, SearchKey> key) {
    return SearchKey.and(pieces.stream().map(key).toList());
  }

  /**
   * What stands between pieces of text in a header field: space, what quotes and punctuates, and
   * what a field shows instead of that or of bytes that were no text.
   */
  private static boolean separatesText(int c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.isISOControl(c)
        || "<>\",;()\\\uFFFD".indexOf(c) >= 0;
  }

  private static List<String> pieces(String text, IntPredicate separates) {
    Set<String> pieces = new LinkedHashSet<>();
    StringBuilder piece = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (separates.test(c) || Character.getType(c) == Character.SURROGATE) {
                end(piece, pieces);
              } else if (piece.length() < LONGEST_PIECE) {
                piece.appendCodePoint(c);
              }
            });
    end(piece, pieces);
    return new ArrayList<>(pieces);
  }

  private static void end(StringBuilder piece, Set<String> pieces) {
    if (!piece.isEmpty()) {
      for (String part : parts(piece.toString())) {
        if (pieces.size() < MOST_PIECES) {
          pieces.add(part);
        }
      }
    }
    piece.setLength(0);
  }

  /**
   * The ASCII parts of a piece, if there is enough of them: servers differ in what they make of
   * accents, and of text that is in no declared charset.
   */
  private static List<String> parts(String piece) {
    List<String> parts =
        NOT_ASCII.splitAsStream(piece).filter(part -> part.length() >= SHORTEST_PART).toList();
    return parts.isEmpty() ? List.of(piece) : parts;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a reply.
 *
 * @param kind what it is
 * @param text its bytes, one char for each
 */
public record Segment(Kind kind, String text) {

  /** What a piece may be. */
  public enum Kind {
    /** What the protocol says. */
    WORDS,
    /** Content that stands in a line. */
    LITERAL,
    /** Content between two lines. */
    MESSAGE
  }

  /** A piece of these bytes. */
  public static Segment of(Kind kind, byte[] bytes) {
    return new Segment(kind, new String(bytes, ISO_8859_1));
  }

  /** The same pieces, with words that follow each other made one. */
  public static List<Segment> joined(List<Segment> pieces) {
    List<Segment> joined = new ArrayList<>();
    var words = new StringBuilder();
    for (Segment piece : pieces) {
      if (piece.kind == Kind.WORDS) {
        words.append(piece.text);
      } else {
        addWords(words, joined);
        joined.add(piece);
      }
    }
    addWords(words, joined);
    return joined;
  }

  private static void addWords(StringBuilder words, List<Segment> joined) {
    if (words.length() > 0) {
      joined.add(new Segment(Kind.WORDS, words.toString()));
      words.setLength(0);
    }
  }
}

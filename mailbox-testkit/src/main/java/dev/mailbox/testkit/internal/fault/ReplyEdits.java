// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.mailbox.testkit.fault.Fault;
import dev.mailbox.testkit.fault.Fault.Part;
import dev.mailbox.testkit.internal.fault.Segment.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What faults make of the pieces of a reply. */
final class ReplyEdits {
  private static final String END = "\r\n";

  private final List<Segment> segments;
  private final UnaryOperator<String> filling;

  /** A line with its literals; without words it is a message. */
  private record Line(String words, String all) {}

  ReplyEdits(List<Segment> segments, UnaryOperator<String> filling) {
    this.segments = segments;
    this.filling = filling;
  }

  byte[] replaced(Fault.Replaced fault) {
    Pattern pattern = Pattern.compile(filled(fault.regex(), filling, Pattern::quote));
    String replacement = filled(fault.replacement(), filling, Matcher::quoteReplacement);
    var all = new StringBuilder();
    for (Segment segment : segments) {
      boolean meant = isWords(segment) == (fault.part() == Part.WORDS);
      String text = segment.text();
      all.append(meant ? pattern.matcher(text).replaceAll(replacement) : text);
    }
    return bytes(all);
  }

  byte[] rearranged(Fault.Lines fault) {
    Pattern pattern =
        Pattern.compile(filled(fault.regex(), filling, Pattern::quote), Pattern.DOTALL);
    var first = new StringBuilder();
    var middle = new StringBuilder();
    var last = new StringBuilder();
    for (Line line : lines()) {
      if (line.words.isEmpty() || !pattern.matcher(line.words).matches()) {
        middle.append(line.all);
      } else {
        switch (fault.treatment()) {
          case LEFT_OUT -> {}
          case TWICE -> middle.append(line.all).append(line.all);
          case FIRST -> first.append(line.all);
          case LAST -> last.append(line.all);
        }
      }
    }
    return bytes(first.append(middle).append(last));
  }

  byte[] flipped(Fault.Flipped fault) {
    List<byte[]> pieces = segments.stream().map(s -> s.text().getBytes(ISO_8859_1)).toList();
    List<byte[]> content = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      if (!isWords(segments.get(i)) && pieces.get(i).length > 0) {
        content.add(pieces.get(i));
      }
    }
    var random = new Random(fault.seed());
    for (int i = 0; i < fault.bits() && !content.isEmpty(); i++) {
      byte[] piece = content.get(random.nextInt(content.size()));
      piece[random.nextInt(piece.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    }
    var all = new StringBuilder();
    pieces.forEach(piece -> all.append(new String(piece, ISO_8859_1)));
    return bytes(all);
  }

  /** Puts in what a template for regular expressions leaves open. */
  static String filled(
      String template, UnaryOperator<String> filling, UnaryOperator<String> quoting) {
    String filled = template;
    for (String open : List.of("{tag}", "{next}")) {
      filled = filled.replace(open, quoting.apply(filling.apply(open)));
    }
    return filled;
  }

  private List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    var words = new StringBuilder();
    var all = new StringBuilder();
    for (int i = 0; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      if (segment.kind() == Kind.MESSAGE) {
        lines.add(new Line("", segment.text()));
      } else if (segment.kind() == Kind.LITERAL) {
        all.append(segment.text());
      } else {
        boolean goesOn = i + 1 < segments.size() && segments.get(i + 1).kind() == Kind.LITERAL;
        split(segment.text(), goesOn, new Open(words, all), lines);
      }
    }
    return lines;
  }

  private record Open(StringBuilder words, StringBuilder all) {}

  /** A line that goes on behind a literal is left open. */
  private static void split(String text, boolean goesOn, Open open, List<Line> lines) {
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf(END, from);
      int next = end < 0 ? text.length() : end + END.length();
      open.words.append(text, from, end < 0 ? next : end);
      open.all.append(text, from, next);
      if (next < text.length() || !goesOn) {
        lines.add(new Line(open.words.toString(), open.all.toString()));
        open.words.setLength(0);
        open.all.setLength(0);
      }
      from = next;
    }
  }

  private static boolean isWords(Segment segment) {
    return segment.kind() == Kind.WORDS;
  }

  private static byte[] bytes(StringBuilder text) {
    return text.toString().getBytes(ISO_8859_1);
  }
}

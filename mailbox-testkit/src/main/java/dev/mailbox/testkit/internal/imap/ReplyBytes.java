// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes to the bytes of a whole reply. */
public final class ReplyBytes {
  private static final Pattern LITERAL = Pattern.compile("\\{([0-9]+)}\r\n");
  private static final Pattern NUMBER_AT_END = Pattern.compile("(.*?)([0-9]{1,18})");

  private ReplyBytes() {}

  public static byte[] withOtherTag(byte[] reply) {
    String text = new String(reply, ISO_8859_1);
    int start = lastLine(text);
    return (text.substring(0, start) + "other" + text.substring(start)).getBytes(ISO_8859_1);
  }

  public static byte[] withoutLastLine(byte[] reply) {
    String text = new String(reply, ISO_8859_1);
    return text.substring(0, lastLine(text)).getBytes(ISO_8859_1);
  }

  public static byte[] withLiteralsOffBy(byte[] reply, int bytes) {
    String text = new String(reply, ISO_8859_1);
    var changed = new StringBuilder();
    Matcher literal = LITERAL.matcher(text);
    int done = 0;
    while (literal.find(done)) {
      int length = Integer.parseInt(literal.group(1));
      int end = literal.end() + length;
      changed.append(text, done, literal.start()).append('{').append(length + bytes);
      changed.append("}\r\n").append(text, literal.end(), end);
      done = end;
    }
    return changed.append(text.substring(done)).toString().getBytes(ISO_8859_1);
  }

  /** Puts in the tag, and the one that a client which counts would use next. */
  static String filled(String template, String tag) {
    String tagged = template.replace("{tag}", tag.isEmpty() ? "*" : tag);
    return tagged.contains("{next}") ? tagged.replace("{next}", next(tag)) : tagged;
  }

  private static String next(String tag) {
    Matcher parts = NUMBER_AT_END.matcher(tag);
    if (!parts.matches()) {
      return tag + "1";
    }
    String number = parts.group(2);
    String format = "%0" + number.length() + "d";
    return parts.group(1) + String.format(format, Long.parseLong(number) + 1);
  }

  private static int lastLine(String text) {
    int end = text.lastIndexOf("\r\n", text.length() - 3);
    return end < 0 ? 0 : end + 2;
  }
}

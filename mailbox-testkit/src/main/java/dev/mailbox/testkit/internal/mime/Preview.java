// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.mime;

import java.util.Optional;
import java.util.regex.Pattern;

/** The first words of a mail (RFC 8970, section 3.1): of its first part that has text. */
public final class Preview {
  private static final int MOST = 200;
  private static final Pattern HIDDEN =
      Pattern.compile("<(style|script|head)\\b.*?</\\1\\s*>|<!--.*?-->", Pattern.DOTALL);
  private static final Pattern TAG = Pattern.compile("<[^<>]*>");

  private Preview() {}

  /** Of a whole mail; empty when there is no text in it. */
  public static String of(byte[] raw) {
    String text = firstText(MimePart.parse(raw)).map(Preview::plain).orElse("");
    String words = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    return words.codePointCount(0, words.length()) <= MOST
        ? words
        : words.substring(0, words.offsetByCodePoints(0, MOST));
  }

  private static Optional<MimePart> firstText(MimePart part) {
    if (part.type().value().startsWith("text/")) {
      return Optional.of(part);
    }
    return part.parts().stream()
        .map(Preview::firstText)
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> part.message().flatMap(Preview::firstText));
  }

  private static String plain(MimePart part) {
    String text = SearchText.decoded(part);
    if (!part.type().value().equals("text/html")) {
      return text;
    }
    String shown = TAG.matcher(HIDDEN.matcher(text).replaceAll(" ")).replaceAll(" ");
    return shown
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&");
  }
}

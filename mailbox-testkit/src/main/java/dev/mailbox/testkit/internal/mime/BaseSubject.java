// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.mime;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The base subject of RFC 5256, section 2.1.
 *
 * @param text in upper case
 * @param isReply whether something was taken off that makes it a reply or a forwarded mail
 */
public record BaseSubject(String text, boolean isReply) {
  private static final Pattern TRAILER = Pattern.compile("\\s*\\(FWD\\)\\s*$");
  private static final Pattern LEADER =
      Pattern.compile("(?:RE|FWD?)\\s*(?:\\[[^\\[\\]]*])?\\s*:\\s*");
  private static final Pattern BLOB = Pattern.compile("\\[[^\\[\\]]*]\\s*");
  private static final Pattern FORWARDED = Pattern.compile("^\\[FWD:(.*)]$");

  /** Of a decoded subject. */
  public static BaseSubject of(String subject) {
    String text = subject.replaceAll("\\s+", " ").strip().toUpperCase(Locale.ROOT);
    boolean reply = false;
    for (String before = ""; !before.equals(text); ) {
      before = text;
      String less = TRAILER.matcher(text).replaceFirst("");
      int blobs = blobs(less);
      var leader = LEADER.matcher(less).region(blobs, less.length());
      less = leader.lookingAt() ? less.substring(leader.end()) : less;
      reply |= !less.equals(text);
      blobs = blobs(less);
      text = blobs < less.length() ? less.substring(blobs) : lastBlob(less);
      var forwarded = FORWARDED.matcher(text);
      if (forwarded.matches()) {
        text = forwarded.group(1).strip();
        reply = true;
      }
    }
    return new BaseSubject(text.strip(), reply);
  }

  /** Where the blobs at the start end. */
  private static int blobs(String text) {
    var blob = BLOB.matcher(text);
    int end = 0;
    while (blob.region(end, text.length()).lookingAt()) {
      end = blob.end();
    }
    return end;
  }

  /** Of what is nothing but blobs, the last one stays. */
  private static String lastBlob(String text) {
    return text.substring(Math.max(0, text.lastIndexOf('[')));
  }
}

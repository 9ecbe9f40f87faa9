// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Makes text of the bytes of a header field. */
final class HeaderText {
  static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  private HeaderText() {}

  /** Unfolded (RFC 5322 section 2.2.3); each byte is one character, whatever it stands for. */
  static String bytesUnfolded(byte[] bytes, int start, int end) {
    for (int i = start; i < end; i++) {
      if (bytes[i] == '\n' || bytes[i] == '\r') {
        byte[] unfolded = new byte[end - start];
        int length = unfold(bytes, start, end, unfolded);
        return new String(unfolded, 0, length, StandardCharsets.ISO_8859_1);
      }
    }
    return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
  }

  /** Unfolded and as text, without control characters; encoded words stay as they are. */
  static String unfolded(byte[] bytes, int start, int end) {
    return clean(fromBytes(bytesUnfolded(bytes, start, end)));
  }

  private static int unfold(byte[] bytes, int start, int end, byte[] target) {
    int length = 0;
    for (int i = start; i < end; i++) {
      byte b = bytes[i];
      boolean breaks = b == '\n' || (b == '\r' && i + 1 < end && bytes[i + 1] == '\n');
      if (!breaks) {
        target[length++] = b == '\r' ? (byte) ' ' : b;
      }
    }
    return length;
  }

  /** The text of a string that holds one byte in each character. */
  static String fromBytes(String bytes) {
    for (int i = 0; i < bytes.length(); i++) {
      if (bytes.charAt(i) > 127) {
        return guess(bytes.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return bytes;
  }

  /**
   * UTF-8 if the bytes are valid as that (RFC 6532), else windows-1252. The last character may be
   * incomplete if others came before it: some senders cut names at a number of bytes.
   */
  static String guess(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, false);
    if (result.isError() || (in.hasRemaining() && in.position() < 8)) {
      return new String(bytes, WINDOWS_1252);
    }
    if (in.hasRemaining()) {
      out.append('\uFFFD');
    }
    return out.flip().toString();
  }

  /** Without comments (RFC 5322 section 3.2.2), which may be nested. */
  static String withoutComments(String text) {
    if (text.indexOf('(') < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth = Math.max(0, depth - 1);
      } else if (depth == 0) {
        out.append(c);
      }
    }
    return out.toString();
  }

  /**
   * Without control characters, which encoded words can smuggle in: line breaks and tabs become
   * spaces, others U+FFFD, so that a value can be shown or written into a header again.
   */
  static String clean(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isControl(text.charAt(i))) {
        return replaceControls(text);
      }
    }
    return text;
  }

  private static String replaceControls(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\r' || c == '\n' || c == '\t') {
        clean.append(' ');
      } else {
        clean.append(isControl(c) ? '\uFFFD' : c);
      }
    }
    return clean.toString();
  }

  private static boolean isControl(char c) {
    return c < ' ' || (c >= 127 && c < 160);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.mail;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Encoded words of header fields (RFC 2047), each at most 75 characters. */
final class EncodedWords {
  private static final int CHARACTERS_IN_A_WORD = 10;

  private EncodedWords() {}

  /** The value itself when it is ASCII, else words in UTF-8. */
  static String utf8(String value) {
    return isAscii(value) ? value : base64(value, StandardCharsets.UTF_8);
  }

  /** Encodes the display name of an address and leaves the address alone. */
  static String address(String address) {
    int angle = address.lastIndexOf('<');
    return isAscii(address) || angle <= 0
        ? address
        : base64(address.substring(0, angle).strip(), StandardCharsets.UTF_8)
            + " "
            + address.substring(angle);
  }

  /** Words in base64, on folded lines. No character is split between two words. */
  static String base64(String value, Charset charset) {
    return String.join(
        "\r\n ",
        pieces(value).stream()
            .map(piece -> Base64.getEncoder().encodeToString(piece.getBytes(charset)))
            .map(encoded -> "=?" + charset.name() + "?B?" + encoded + "?=")
            .toList());
  }

  /** Words in the Q encoding, on folded lines. */
  static String quoted(String value, Charset charset) {
    return String.join(
        "\r\n ",
        pieces(value).stream()
            .map(piece -> "=?" + charset.name() + "?Q?" + quoted(piece.getBytes(charset)) + "?=")
            .toList());
  }

  private static String quoted(byte[] bytes) {
    var encoded = new StringBuilder();
    for (byte each : bytes) {
      boolean plain = each > 0 && Character.isLetterOrDigit(each);
      encoded.append(
          plain ? String.valueOf((char) each) : each == ' ' ? "_" : String.format("=%02X", each));
    }
    return encoded.toString();
  }

  private static List<String> pieces(String value) {
    int[] points = value.codePoints().toArray();
    var pieces = new ArrayList<String>();
    for (int i = 0; i < points.length; i += CHARACTERS_IN_A_WORD) {
      pieces.add(new String(points, i, Math.min(CHARACTERS_IN_A_WORD, points.length - i)));
    }
    return pieces;
  }

  private static boolean isAscii(String value) {
    return value.chars().allMatch(c -> c < 128);
  }
}

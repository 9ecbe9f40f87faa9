// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.content;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Charsets by the names that mails have for them. Where a mail says less than it means, the larger
 * charset is taken, as browsers do (WHATWG Encoding Standard, section 4.2).
 */
final class CharsetNames {
  static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  private static final Map<String, String> OTHERS = new HashMap<>();

  static {
    meant(
        "windows-1252", "iso-8859-1 latin1 latin-1 iso8859-1 l1 cp-1252 windows1252 win-1252 ansi");
    meant("windows-1251", "cp-1251 windows1251 win-1251");
    meant("windows-1254", "iso-8859-9 latin5");
    meant("x-windows-874", "iso-8859-11 tis-620");
    meant("gb18030", "gb2312 gbk x-gbk gb_2312-80 chinese cp936");
    meant("x-windows-949", "euc-kr ks_c_5601-1987 ksc5601 ks_c_5601-1989");
    meant("windows-31j", "shift_jis shift-jis sjis x-sjis ms_kanji");
    meant("x-windows-50221", "iso-2022-jp csiso2022jp");
    meant("big5-hkscs", "big5 csbig5 x-x-big5");
    meant("utf-8", "utf_8 unicode-1-1-utf-8");
    meant("iso-8859-8", "iso-8859-8-i iso-8859-8-e");
    meant("x-macroman", "macintosh mac x-mac-roman");
  }

  private CharsetNames() {}

  private static void meant(String charset, String names) {
    for (String name : names.split(" ", -1)) {
      OTHERS.put(name, charset);
    }
  }

  /** The charset of that name; empty if there is none, or it says nothing about other bytes. */
  static Optional<Charset> find(String name) {
    return lookUp(name).filter(charset -> !charset.equals(US_ASCII));
  }

  static boolean isAscii(String name) {
    return lookUp(name).equals(Optional.of(US_ASCII));
  }

  private static Optional<Charset> lookUp(String name) {
    String key = name.strip().toLowerCase(Locale.ROOT);
    try {
      return Optional.of(Charset.forName(OTHERS.getOrDefault(key, key)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** UTF-8 if the bytes are that, else windows-1252. */
  static String guess(byte[] bytes) {
    return isIn(bytes, UTF_8) ? new String(bytes, UTF_8) : new String(bytes, WINDOWS_1252);
  }

  static boolean isIn(byte[] bytes, Charset charset) {
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(bytes)) != null;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}

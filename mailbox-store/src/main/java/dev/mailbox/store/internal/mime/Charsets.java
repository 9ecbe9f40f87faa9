// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds charsets by the names that mail uses. Where senders commonly declare a charset but send its
 * superset, the superset is taken, as browsers do (WHATWG Encoding Standard).
 */
final class Charsets {
  private static final List<List<String>> SUPERSETS =
      List.of(
          List.of("windows-1252", "iso-8859-1", "latin1", "latin-1", "iso8859-1", "l1"),
          List.of("windows-1252", "cp-1252", "windows1252", "win-1252", "ansi"),
          List.of("windows-1251", "cp-1251", "windows1251", "win-1251"),
          List.of("windows-1254", "iso-8859-9", "latin5"),
          List.of("x-windows-874", "iso-8859-11", "tis-620"),
          List.of("GB18030", "gb2312", "gbk", "x-gbk", "gb_2312-80", "chinese", "cp936"),
          List.of("x-windows-949", "euc-kr", "ks_c_5601-1987", "ksc5601", "ks_c_5601-1989"),
          List.of("windows-31j", "shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji"),
          List.of("x-windows-50221", "iso-2022-jp", "csiso2022jp"),
          List.of("Big5-HKSCS", "big5", "csbig5", "x-x-big5"),
          List.of("UTF-8", "utf8", "utf_8", "unicode-1-1-utf-8"),
          List.of("ISO-8859-8", "iso-8859-8-i", "iso-8859-8-e"),
          List.of("x-MacRoman", "macintosh", "mac", "x-mac-roman"));

  private Charsets() {}

  /**
   * The charset of that name; empty if it is not known or says nothing, as US-ASCII does about
   * bytes above 127.
   */
  static Optional<Charset> find(String name) {
    String key = name.trim().toLowerCase(Locale.ROOT);
    if (key.equals("utf-8")) {
      return Optional.of(StandardCharsets.UTF_8);
    }
    return Optional.ofNullable(Table.BY_NAME.get(key))
        .filter(c -> !c.equals(StandardCharsets.US_ASCII));
  }

  static boolean isAscii(String name) {
    return StandardCharsets.US_ASCII.equals(
        Table.BY_NAME.get(name.trim().toLowerCase(Locale.ROOT)));
  }

  /** The text of bytes in a charset of that name, or by guess if it is not known. */
  static String decode(byte[] bytes, String name) {
    @Nullable Charset charset = find(name).orElse(null);
    return charset == null ? HeaderText.guess(bytes) : new String(bytes, charset);
  }

  /**
   * All names at once: to look for an unknown one asks every provider on the class path, which
   * takes too long to let a message do it again and again.
   */
  private static final class Table {
    static final Map<String, Charset> BY_NAME = build();

    private static Map<String, Charset> build() {
      Map<String, Charset> names = new HashMap<>();
      for (Charset charset : Charset.availableCharsets().values()) {
        names.put(charset.name().toLowerCase(Locale.ROOT), charset);
        for (String alias : charset.aliases()) {
          names.putIfAbsent(alias.toLowerCase(Locale.ROOT), charset);
        }
      }
      for (List<String> row : SUPERSETS) {
        @Nullable Charset superset = names.get(row.get(0).toLowerCase(Locale.ROOT));
        if (superset != null) {
          row.subList(1, row.size()).forEach(name -> names.put(name, superset));
        }
      }
      return names;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import dev.mailbox.content.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a list of addresses of the plainest form, as most are: {@code local@domain}, {@code
 * <local@domain>} and {@code Name <local@domain>}, the name in quotes or not, with commas between
 * them. What {@link AddressParser} reads of such a list is the same; this is shorter work.
 */
final class PlainAddresses {
  private static final int MOST = 100;

  private final String text;
  private final List<Address> found = new ArrayList<>(1);
  private int pos;

  private PlainAddresses(String text) {
    this.text = text;
  }

  /** The addresses, or nothing if one is not plain. */
  static Optional<List<Address>> parse(String value) {
    PlainAddresses plain = new PlainAddresses(value);
    return plain.isList() ? Optional.of(plain.found) : Optional.empty();
  }

  private boolean isList() {
    do {
      if (!isAddress() || found.size() > MOST) {
        return false;
      }
    } while (isNext(','));
    return pos == text.length();
  }

  private boolean isAddress() {
    skipSpace();
    int start = pos;
    if (isNext('"')) {
      skipText();
      int end = pos;
      return isNext('"') && end > start + 1 && isBracketed(text.substring(start + 1, end));
    }
    skipText();
    String words = text.substring(start, pos).trim();
    if (pos < text.length() && text.charAt(pos) == '<') {
      return words.indexOf('@') < 0 && words.indexOf("  ") < 0 && isBracketed(words);
    }
    return isAddress(words) && found.add(new Address("", words));
  }

  private boolean isBracketed(String name) {
    skipSpace();
    if (!isNext('<')) {
      return false;
    }
    int start = pos;
    skipText();
    String address = text.substring(start, pos);
    boolean plain =
        isAddress(address) && isNext('>') && found.add(new Address(name.trim(), address));
    skipSpace();
    return plain;
  }

  /** One that has one at sign in it, and no space. */
  private static boolean isAddress(String word) {
    int at = word.indexOf('@');
    return at > 0
        && at < word.length() - 1
        && word.indexOf('@', at + 1) < 0
        && word.indexOf(' ') < 0;
  }

  private void skipText() {
    while (pos < text.length() && isText(text.charAt(pos))) {
      pos++;
    }
  }

  /** What has no meaning of its own anywhere, and is shown as it is. */
  private static boolean isText(char c) {
    return switch (c) {
      case ',', ';', ':', '"', '(', ')', '<', '>', '[', ']', '=', '\\' -> false;
      default -> c >= ' ' && c < 127;
    };
  }

  private void skipSpace() {
    while (pos < text.length() && text.charAt(pos) == ' ') {
      pos++;
    }
  }

  private boolean isNext(char c) {
    boolean is = pos < text.length() && text.charAt(pos) == c;
    pos += is ? 1 : 0;
    return is;
  }
}

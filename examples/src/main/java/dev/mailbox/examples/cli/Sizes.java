// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import java.util.Locale;

/** Sizes as people read and write them. */
final class Sizes {
  private static final String UNITS = "KMGT";

  private Sizes() {}

  /** At most six characters and a unit: {@code 999 B}, {@code 1.4 kB}, {@code 23 MB}. */
  static String human(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    while (value >= 999.5 && unit < UNITS.length() - 1) {
      value /= 1000;
      unit++;
    }
    String number = String.format(Locale.ROOT, value < 9.95 ? "%.1f" : "%.0f", value);
    return number + " " + (unit == 0 ? "k" : UNITS.charAt(unit)) + "B";
  }

  /**
   * The bytes of {@code 500}, {@code 20k}, {@code 5M} or {@code 1.5GB}.
   *
   * @throws IllegalArgumentException if it is no such size
   */
  static long parse(String text) {
    String upper = text.toUpperCase(Locale.ROOT).replaceFirst("B$", "");
    int unit = upper.isEmpty() ? -1 : UNITS.indexOf(upper.charAt(upper.length() - 1));
    String number = unit < 0 ? upper : upper.substring(0, upper.length() - 1);
    if (!number.matches("\\d{1,9}(\\.\\d{1,3})?")) {
      throw new IllegalArgumentException("a size looks like 500, 20k, 5M or 1.5G");
    }
    return (long) (Double.parseDouble(number) * Math.pow(1000, unit + 1));
  }
}

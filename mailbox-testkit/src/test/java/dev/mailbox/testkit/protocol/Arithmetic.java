// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.protocol;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines {@code check $a < $b} and {@code let c = $a + 1}. */
final class Arithmetic {
  private static final Pattern CHECK = Pattern.compile("check (.+?) (<|<=|>|>=|=|!=) (.+)");
  private static final Pattern LET = Pattern.compile("let ([a-z][a-z0-9]*) = (.+)");
  private static final Pattern SUM = Pattern.compile("(.+) ([+-]) ([0-9]+)");

  private Arithmetic() {}

  static void run(String text, Values values) {
    Matcher check = CHECK.matcher(text);
    Matcher let = LET.matcher(text);
    if (let.matches()) {
      values.set(let.group(1), value(let.group(2), values));
    } else if (check.matches()) {
      String left = value(check.group(1), values);
      String right = value(check.group(3), values);
      if (!holds(left, check.group(2), right)) {
        throw new AssertionError("not so: " + left + " " + check.group(2) + " " + right);
      }
    } else {
      throw new IllegalArgumentException("not understood: " + text);
    }
  }

  private static boolean holds(String left, String sign, String right) {
    return switch (sign) {
      case "=" -> left.equals(right);
      case "!=" -> !left.equals(right);
      case "<" -> number(left) < number(right);
      case "<=" -> number(left) <= number(right);
      case ">" -> number(left) > number(right);
      default -> number(left) >= number(right);
    };
  }

  private static String value(String term, Values values) {
    Matcher sum = SUM.matcher(term);
    if (sum.matches()) {
      long left = number(value(sum.group(1), values));
      long right = number(sum.group(3));
      return Long.toString(sum.group(2).equals("+") ? left + right : left - right);
    }
    return term.startsWith("$") ? values.value(term) : term;
  }

  private static long number(String text) {
    if (!text.matches("[0-9]+")) {
      throw new AssertionError("no number: " + text);
    }
    return Long.parseLong(text);
  }
}

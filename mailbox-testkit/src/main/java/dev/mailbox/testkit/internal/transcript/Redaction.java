// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.transcript;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hides the secrets of a talk, whose lines and literals it is shown in order: what LOGIN, PASS and
 * AUTH or AUTHENTICATE are given, the digest of APOP, and what a SASL exchange says. For one
 * connection and one thread.
 */
public final class Redaction {
  private static final String HIDDEN = "***";
  private static final String HIDDEN_BYTE = "*";
  private static final Pattern LOGIN = command("\\s*\\S+\\s+LOGIN");
  private static final Pattern PASS = command("\\s*PASS");
  private static final Pattern APOP = command("\\s*APOP\\s+\\S+");
  private static final Pattern SASL = command("\\s*(?:\\S+\\s+AUTHENTICATE|AUTH)\\s+\\S+");
  private static final Pattern ANNOUNCED = Pattern.compile("\\s*(\\{[0-9]+\\+?})$");

  private boolean inSecret;
  private boolean inExchange;
  private boolean hadExchange;
  private @Nullable String tag;

  /** At the start of a talk. */
  public Redaction() {}

  /** A line of the client as it may be shown. */
  public String clientLine(String line) {
    if (isInExchange(line)) {
      return line.equals("*") ? line : HIDDEN;
    }
    if (inSecret) {
      return hide("", line);
    }
    for (Pattern each : new Pattern[] {LOGIN, PASS, APOP, SASL}) {
      Matcher command = each.matcher(line);
      if (command.matches()) {
        if (each == SASL) {
          beginExchange(line);
        }
        return hide(command.group("head"), command.group("rest"));
      }
    }
    return line;
  }

  /** Bytes of the client between lines; as many stars where they are a secret. */
  public String clientLiteral(String bytes) {
    return inSecret ? HIDDEN_BYTE.repeat(bytes.length()) : bytes;
  }

  private void beginExchange(String line) {
    String first = line.strip().split("\\s", 2)[0];
    tag = first.equalsIgnoreCase("AUTH") ? null : first;
    inExchange = true;
    hadExchange = true;
  }

  /**
   * Pipelined replies can make an exchange seem over; what it says is a word that is no command.
   */
  private boolean isInExchange(String line) {
    return inExchange || (hadExchange && line.length() > 4 && line.indexOf(' ') < 0);
  }

  /** A line of the server as it may be shown. */
  public String serverLine(String line) {
    if (!inExchange) {
      return line;
    }
    if (line.startsWith("+ ") && line.length() > 2) {
      return "+ " + HIDDEN;
    }
    inExchange =
        tag == null
            ? !line.startsWith("+OK") && !line.startsWith("-ERR")
            : !line.startsWith(tag + " ");
    return line;
  }

  /** Leaves only a literal's announcement, whose bytes then are a secret too. */
  private String hide(String head, String rest) {
    Matcher announced = ANNOUNCED.matcher(rest);
    inSecret = announced.find();
    String hidden = inSecret ? rest.substring(0, announced.start()) : rest;
    String text = hidden.isBlank() ? head : head + (head.isEmpty() ? "" : " ") + HIDDEN;
    return inSecret ? text + " " + announced.group(1) : text;
  }

  private static Pattern command(String head) {
    return Pattern.compile(
        "(?<head>" + head + ")(?<rest>\\s.*|)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.mime;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The value of a field such as Content-Type (RFC 2045, section 5.1): a value and parameters, as
 * they are written but for quotes and comments.
 *
 * @param value in lower case
 * @param parameters by their names in lower case, in the order of the field
 */
public record FieldValue(String value, Map<String, String> parameters) {

  /** Takes what is written for what it can be. */
  public static FieldValue parse(String text) {
    var scanner = new FieldScanner(text);
    String value = scanner.until(';').toLowerCase(Locale.ROOT);
    Map<String, String> parameters = new LinkedHashMap<>();
    while (scanner.hasNext()) {
      String name = scanner.until('=', ';').toLowerCase(Locale.ROOT);
      if (scanner.lastWas('=')) {
        parameters.putIfAbsent(name, scanner.until(';'));
      }
    }
    return new FieldValue(value, parameters);
  }

  /** The parameter of that name. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }
}

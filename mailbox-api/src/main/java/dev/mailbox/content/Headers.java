// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The fields of a message's or part's header, in order.
 *
 * @param fields all fields, also those that occur more than once
 */
public record Headers(List<HeaderField> fields) {
  /** Copies the list. */
  public Headers {
    fields = List.copyOf(fields);
  }

  /** The value of the first field of that name, in any case. */
  public Optional<String> first(String name) {
    for (HeaderField field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        return Optional.of(field.value());
      }
    }
    return Optional.empty();
  }

  /** The values of all fields of that name, in any case, in order. */
  public List<String> all(String name) {
    List<String> values = new ArrayList<>();
    for (HeaderField field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        values.add(field.value());
      }
    }
    return List.copyOf(values);
  }
}

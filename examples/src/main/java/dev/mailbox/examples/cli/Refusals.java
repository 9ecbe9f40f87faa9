// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.mailbox.FailedAction;
import dev.mailbox.Mailbox;
import java.io.IOException;
import java.util.List;

/** What was queued, and what the server refused when its turn came. */
record Refusals(List<FailedAction> actions) {

  /** Those that nobody has been told of; now somebody is. */
  static Refusals take(Mailbox mailbox) {
    List<FailedAction> actions = mailbox.failedActions();
    if (!actions.isEmpty()) {
      mailbox.clearFailedActions();
    }
    return new Refusals(actions);
  }

  boolean isEmpty() {
    return actions.isEmpty();
  }

  List<String> remarks() {
    return actions.stream().map(Refusals::remark).toList();
  }

  private static String remark(FailedAction action) {
    String message = action.message().map(id -> " (" + id + ")").orElse("");
    return "refused: "
        + SafeText.line(action.description())
        + message
        + ": "
        + SafeText.line(action.serverText());
  }

  void write(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("refused");
    for (FailedAction action : actions) {
      json.writeStartObject();
      json.writeStringField("id", action.message().map(Object::toString).orElse(null));
      json.writeStringField("description", action.description());
      json.writeStringField("reason", action.reason().name());
      json.writeStringField("serverText", action.serverText());
      json.writeStringField("at", action.at().toString());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}

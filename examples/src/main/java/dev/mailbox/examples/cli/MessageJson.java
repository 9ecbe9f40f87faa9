// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.mailbox.Flag;
import dev.mailbox.Message;
import dev.mailbox.content.Address;
import dev.mailbox.content.Defect;
import dev.mailbox.content.Envelope;
import dev.mailbox.content.HeaderField;
import dev.mailbox.content.MessageContent;
import dev.mailbox.content.Part;
import java.io.IOException;
import java.util.List;

/** Messages in machine output. */
final class MessageJson {
  private MessageJson() {}

  /**
   * Writes an array.
   *
   * @param kept whether the messages are in a store, so that their ids mean something to the next
   *     command
   */
  static void list(JsonGenerator json, Iterable<Message> messages, boolean kept)
      throws IOException {
    json.writeStartArray();
    for (Message message : messages) {
      json.writeStartObject();
      json.writeStringField("id", kept ? message.id().toString() : null);
      summary(json, message);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** The fields that need no body, after its id. */
  static void summary(JsonGenerator json, Message message) throws IOException {
    Envelope envelope = message.envelope();
    json.writeStringField("contentId", message.contentId().toString());
    json.writeStringField("serverId", message.serverId().map(Object::toString).orElse(null));
    json.writeStringField("folder", message.folder().toString());
    Json.strings(json, "flags", message.flags());
    json.writeBooleanField("unread", !message.has(Flag.SEEN));
    json.writeStringField("subject", envelope.subject());
    addresses(json, "from", envelope.from());
    addresses(json, "to", envelope.to());
    addresses(json, "cc", envelope.cc());
    json.writeStringField("messageId", envelope.messageId());
    json.writeStringField("sentAt", envelope.sentAt().map(Object::toString).orElse(null));
    json.writeStringField("receivedAt", message.receivedAt().toString());
    json.writeNumberField("sizeInBytes", message.sizeInBytes());
    json.writeBooleanField("downloaded", message.isDownloaded());
  }

  private static void addresses(JsonGenerator json, String name, List<Address> addresses)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (Address address : addresses) {
      json.writeStartObject();
      json.writeStringField("name", address.name());
      json.writeStringField("address", address.address());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static void headers(JsonGenerator json, List<HeaderField> fields) throws IOException {
    json.writeArrayFieldStart("headers");
    for (HeaderField field : fields) {
      json.writeStartObject();
      json.writeStringField("name", field.name());
      json.writeStringField("value", field.value());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static void content(JsonGenerator json, MessageContent content) throws IOException {
    json.writeStringField("text", content.text());
    json.writeStringField("html", content.html().orElse(null));
    json.writeArrayFieldStart("attachments");
    for (Part part : content.attachments()) {
      json.writeStartObject();
      json.writeStringField("fileName", part.fileName().orElse(null));
      json.writeStringField("contentType", part.contentType());
      json.writeNumberField("sizeInBytes", part.sizeInBytes());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("defects");
    for (Defect defect : content.defects()) {
      json.writeStartObject();
      json.writeStringField("kind", defect.kind().name());
      json.writeStringField("detail", defect.detail());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}

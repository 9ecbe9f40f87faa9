// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.assertj;

import dev.mailbox.testkit.HeldMessage;
import dev.mailbox.testkit.internal.mime.FileNames;
import dev.mailbox.testkit.internal.mime.SearchText;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** About a message as a server held it. What is read from it is decoded by Jakarta Mail. */
public final class MessageAssert extends AbstractAssert<MessageAssert, HeldMessage> {
  private static final int MOST_TOLD = 500;

  MessageAssert(HeldMessage message) {
    super(message, MessageAssert.class);
  }

  /** That its subject is this. */
  public MessageAssert hasSubject(String subject) {
    String found = Held.subject(actual);
    return require(found.equals(subject), "to have the subject \"" + subject + "\"");
  }

  /** That it has a field of that name with this value. */
  public MessageAssert hasHeader(String name, String value) {
    List<String> found = Held.values(actual, name);
    return require(
        found.contains(value), "to have " + name + ": " + value + " but it has " + found);
  }

  /** That one of its text parts, HTML too, has this in it. */
  public MessageAssert hasBodyContaining(String text) {
    String body = SearchText.ofBody(actual.raw());
    String told = body.length() > MOST_TOLD ? body.substring(0, MOST_TOLD) + "..." : body;
    return require(body.contains(text), "to have \"" + text + "\" in its text, which is:\n" + told);
  }

  /** That it has an attachment of that name. */
  public MessageAssert hasAttachment(String name) {
    List<String> found = FileNames.of(actual.raw());
    return require(found.contains(name), "to have an attachment " + name + " but it has " + found);
  }

  /** That its bytes are these. */
  public MessageAssert hasBytes(byte[] raw) {
    int at = Arrays.mismatch(actual.raw(), raw);
    return require(
        at < 0,
        "to have the "
            + raw.length
            + " bytes that are expected, but of its "
            + actual.sizeInBytes()
            + " bytes number "
            + at
            + " is another");
  }

  /** That it has {@code \Seen}. */
  public MessageAssert isSeen() {
    return hasFlags("\\Seen");
  }

  /** That it does not have {@code \Seen}. */
  public MessageAssert isUnseen() {
    return lacksFlags("\\Seen");
  }

  /** That it has these flags or keywords, and perhaps more. */
  public MessageAssert hasFlags(String... flags) {
    for (String flag : flags) {
      require(Held.has(actual, flag), "to have " + flag);
    }
    return this;
  }

  /** That it has none of these flags or keywords. */
  public MessageAssert lacksFlags(String... flags) {
    for (String flag : flags) {
      require(!Held.has(actual, flag), "not to have " + flag);
    }
    return this;
  }

  private MessageAssert require(boolean holds, String expectation) {
    if (!holds) {
      failWithMessage("%s", "expected message " + Held.told(actual) + " " + expectation);
    }
    return this;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.MessageId;
import dev.mailbox.content.Part;
import dev.mailbox.search.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The promise that a program may change its protocol by changing a URL: two mailboxes on the same
 * mail show the same.
 *
 * <pre>{@code
 * ProtocolEquality.deliver((raw, at) -> inbox.deliver(raw, at));
 * ProtocolEquality.check(overPop3, overImap);
 * }</pre>
 */
public final class ProtocolEquality {
  private static final int MOST = 1_000;

  private ProtocolEquality() {}

  /** Hands out each mail that is to be put into one inbox, with the time of its arrival. */
  public static void deliver(BiConsumer<byte[], Instant> delivery) {
    EqualityMails.forEach(delivery);
  }

  /**
   * Synchronizes both, and compares what their inboxes hold: envelopes, headers, contents, bytes,
   * sizes, times, and the hits of some fifty searches.
   *
   * @throws AssertionError naming the first difference
   */
  public static void check(Mailbox first, Mailbox second) {
    assertThat(second.sync().problemCount()).isEqualTo(first.sync().problemCount());
    List<Message> ours = inOrder(first);
    List<Message> theirs = inOrder(second);
    assertThat(ours).hasSameSizeAs(theirs).isNotEmpty();
    for (int i = 0; i < ours.size(); i++) {
      compare(ours.get(i), theirs.get(i));
    }
    Map<MessageId, String> ourNames = names(ours);
    Map<MessageId, String> theirNames = names(theirs);
    for (Query query : EqualityQueries.all()) {
      assertThat(hits(second, query, theirNames))
          .as(query.toString())
          .isEqualTo(hits(first, query, ourNames));
    }
  }

  private static void compare(Message ours, Message theirs) {
    String name = ours.envelope().subject();
    assertThat(theirs.envelope()).as(name).isEqualTo(ours.envelope());
    assertThat(theirs.headers()).as(name).isEqualTo(ours.headers());
    assertThat(theirs.receivedAt()).as(name).isEqualTo(ours.receivedAt());
    assertThat(theirs.sizeInBytes()).as(name).isEqualTo(ours.sizeInBytes());
    assertThat(theirs.flags()).as(name).isEqualTo(ours.flags());
    assertThat(Reading.raw(theirs)).as(name).isEqualTo(Reading.raw(ours));
    assertThat(theirs.content().text()).as(name).isEqualTo(ours.content().text());
    assertThat(theirs.content().html()).as(name).isEqualTo(ours.content().html());
    assertThat(theirs.content().defects()).as(name).isEqualTo(ours.content().defects());
    assertThat(parts(theirs.content().root())).as(name).isEqualTo(parts(ours.content().root()));
    assertThat(attachments(theirs)).as(name).isEqualTo(attachments(ours));
  }

  private static List<Optional<String>> attachments(Message message) {
    return message.content().attachments().stream().map(Part::fileName).toList();
  }

  /** The tree of parts, each with its bytes, from the top down. */
  private static List<List<Object>> parts(Part root) {
    List<List<Object>> parts = new ArrayList<>();
    parts.add(
        List.of(
            root.contentType(),
            root.charset(),
            root.fileName(),
            root.isAttachment(),
            root.sizeInBytes(),
            Reading.text(root.open())));
    root.children().forEach(child -> parts.addAll(parts(child)));
    return parts;
  }

  /** Messages have ids of their own in each mailbox; bytes and arrival are what they share. */
  private static List<Message> inOrder(Mailbox mailbox) {
    return mailbox.inbox().newest(MOST).stream()
        .sorted(Comparator.comparing(Message::receivedAt).thenComparing(Reading::raw))
        .toList();
  }

  private static Map<MessageId, String> names(List<Message> messages) {
    Map<MessageId, String> names = new HashMap<>();
    for (int i = 0; i < messages.size(); i++) {
      names.put(messages.get(i).id(), i + " " + messages.get(i).envelope().subject());
    }
    return names;
  }

  private static List<String> hits(Mailbox mailbox, Query query, Map<MessageId, String> names) {
    return mailbox.inbox().search(query).ids().stream()
        .map(id -> names.getOrDefault(id, "unknown"))
        .toList();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static dev.mailbox.search.Query.flagged;
import static dev.mailbox.search.Query.from;
import static dev.mailbox.search.Query.header;
import static dev.mailbox.search.Query.largerThan;
import static dev.mailbox.search.Query.not;
import static dev.mailbox.search.Query.receivedAfter;
import static dev.mailbox.search.Query.receivedBefore;
import static dev.mailbox.search.Query.sentAfter;
import static dev.mailbox.search.Query.sentBefore;
import static dev.mailbox.search.Query.smallerThan;
import static dev.mailbox.search.Query.subject;
import static dev.mailbox.search.Query.text;
import static dev.mailbox.search.Query.to;
import static dev.mailbox.search.Query.unread;

import dev.mailbox.Flag;
import dev.mailbox.search.Query;
import dev.mailbox.search.Query.Field;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Searches for the mails of {@link EqualityMails}, of every kind that there is. */
final class EqualityQueries {
  private static final Instant ELEVEN = Instant.parse("2026-11-02T11:00:00Z");
  private static final Instant PAST = Instant.parse("2020-06-01T00:00:00Z");

  private EqualityQueries() {}

  static List<Query> all() {
    return Stream.of(envelope(), headers(), texts(), values(), combined())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Query> envelope() {
    return List.of(
        from("ann"),
        from("ANN@EXAMPLE"),
        from("jürgen"),
        from("<"),
        from("nobody"),
        to("bob"),
        to("dédé"),
        to("eve@"),
        new Query.InEnvelope(Field.TO, "carol"),
        new Query.InEnvelope(Field.CC, "dede"),
        new Query.InEnvelope(Field.MESSAGE_ID, "plain@"),
        subject("grüße"),
        subject("GRÜSSE"),
        subject("日本語"),
        subject("привет"),
        subject("re: 100%"),
        subject(""),
        subject("  two  spaces "));
  }

  private static List<Query> headers() {
    return List.of(
        header("X-Ticket", "4711"),
        header("x-ticket", ""),
        header("X-None", ""),
        header("Received", "relay"),
        header("Content-Type", "multipart"),
        header("X-Encoded", "grüße"));
  }

  private static List<Query> texts() {
    return List.of(
        text("attached"),
        text("zwölf"),
        text("zwolf"),
        text("needle in the hay"),
        text("hay in needle"),
        text("base64 secret"),
        text("invoice pdf"),
        text("p"),
        text("\"quoted\\"),
        text("nothing such"));
  }

  private static List<Query> values() {
    return List.of(
        Query.all(),
        unread(),
        flagged(Flag.SEEN),
        flagged(Flag.keyword("later")),
        largerThan(10_000),
        smallerThan(500),
        new Query.Size(500, 1_000),
        receivedAfter(ELEVEN),
        receivedBefore(ELEVEN),
        receivedBefore(PAST),
        sentAfter(ELEVEN),
        sentBefore(PAST));
  }

  private static List<Query> combined() {
    return List.of(
        not(Query.all()),
        from("ann").and(subject("grüße")),
        from("ann").or(subject("привет")),
        not(from("ann").or(header("X-Ticket", ""))),
        not(text("attached")).and(largerThan(1_000)),
        from("ann").and(not(text("needle").or(text("zwölf")))),
        subject("a").or(subject("e")).and(not(subject("i"))),
        unread().and(receivedAfter(PAST)).and(sentAfter(PAST)));
  }
}

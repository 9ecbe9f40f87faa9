// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.search;

import dev.mailbox.Flag;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/**
 * A condition on messages. Immutable; made to be read with a static import:
 *
 * <pre>{@code
 * inbox.search(unread().and(from("billing@")).and(not(subject("reminder"))));
 * }</pre>
 *
 * <p>Text is compared without regard to case, and matches anywhere in the field: names and
 * addresses as they are shown, decoded. {@link #text} is different: it matches words.
 */
public sealed interface Query {
  /** Matches every message. */
  record All() implements Query {}

  /**
   * All of these hold.
   *
   * @param queries the conditions
   */
  record And(List<Query> queries) implements Query {
    /** Copies the list. */
    public And {
      queries = List.copyOf(queries);
    }
  }

  /**
   * At least one of these holds.
   *
   * @param queries the conditions
   */
  record Or(List<Query> queries) implements Query {
    /** Copies the list. */
    public Or {
      queries = List.copyOf(queries);
    }
  }

  /**
   * The condition does not hold.
   *
   * @param query the condition
   */
  record Not(Query query) implements Query {}

  /**
   * The message has the flag.
   *
   * @param flag the flag
   */
  record HasFlag(Flag flag) implements Query {}

  /**
   * A part of the envelope contains the text.
   *
   * @param field which part
   * @param text what to look for
   */
  record InEnvelope(Field field, String text) implements Query {}

  /** The parts of an envelope that can be searched. */
  enum Field {
    /** From. */
    FROM,
    /** To. */
    TO,
    /** Cc. */
    CC,
    /** To, Cc or Bcc. */
    RECIPIENT,
    /** Subject. */
    SUBJECT,
    /** Message-ID. */
    MESSAGE_ID
  }

  /**
   * A field of the header contains the text; the empty text matches if the field is there at all.
   *
   * @param name the field's name, in any case
   * @param text what to look for in its decoded value
   */
  record InHeader(String name, String text) implements Query {
    /** Checks that the name can be a field's (RFC 5322 section 2.2). */
    public InHeader {
      if (name.isEmpty() || name.chars().anyMatch(c -> c <= ' ' || c >= 0x7f || c == ':')) {
        throw new IllegalArgumentException(
            "a header field name must be printable ASCII, without spaces, CR, LF or colons");
      }
    }
  }

  /**
   * The words occur in subject, names, addresses, text or attachment names.
   *
   * @param words what to look for
   */
  record InText(String words) implements Query {}

  /**
   * The message arrived in this span of time.
   *
   * @param from the first instant
   * @param until the first instant that is too late
   */
  record Received(Instant from, Instant until) implements Query {}

  /**
   * The Date field lies in this span of time; a message without a readable one never matches.
   *
   * @param from the first instant
   * @param until the first instant that is too late
   */
  record Sent(Instant from, Instant until) implements Query {}

  /**
   * The size of the whole message lies between bounds.
   *
   * @param atLeast the smallest size in bytes
   * @param atMost the largest size in bytes
   */
  record Size(long atLeast, long atMost) implements Query {}

  /** Every message. */
  static Query all() {
    return new All();
  }

  /** Messages without {@link Flag#SEEN}. */
  static Query unread() {
    return new Not(new HasFlag(Flag.SEEN));
  }

  /** Messages with the flag. */
  static Query flagged(Flag flag) {
    return new HasFlag(flag);
  }

  /** Messages from a name or address that contains the text. */
  static Query from(String text) {
    return new InEnvelope(Field.FROM, text);
  }

  /** Messages to a name or address, in To, Cc or Bcc, that contains the text. */
  static Query to(String text) {
    return new InEnvelope(Field.RECIPIENT, text);
  }

  /** Messages whose subject contains the text. */
  static Query subject(String text) {
    return new InEnvelope(Field.SUBJECT, text);
  }

  /** Messages with a header field whose value contains the text. */
  static Query header(String name, String text) {
    return new InHeader(name, text);
  }

  /**
   * Messages that contain these words, in this order and next to each other, the last one possibly
   * as the beginning of a word. Case, accents and punctuation do not count.
   */
  static Query text(String words) {
    return new InText(words);
  }

  /**
   * Messages that arrived at that instant or later. Servers tell whole seconds, so a message of the
   * same second counts as later.
   */
  static Query receivedAfter(Instant instant) {
    return new Received(instant.truncatedTo(ChronoUnit.SECONDS), Instant.MAX);
  }

  /** Messages that arrived before that instant. */
  static Query receivedBefore(Instant instant) {
    return new Received(Instant.MIN, instant);
  }

  /** Messages whose Date is that instant or later. */
  static Query sentAfter(Instant instant) {
    return new Sent(instant, Instant.MAX);
  }

  /** Messages whose Date is before that instant. */
  static Query sentBefore(Instant instant) {
    return new Sent(Instant.MIN, instant);
  }

  /** Messages of at least that many bytes. */
  static Query largerThan(long bytes) {
    return new Size(bytes, Long.MAX_VALUE);
  }

  /** Messages of at most that many bytes. */
  static Query smallerThan(long bytes) {
    return new Size(0, bytes);
  }

  /** Messages that do not match. */
  static Query not(Query query) {
    return query instanceof Not not ? not.query() : new Not(query);
  }

  /** This and the other. */
  default Query and(Query other) {
    return new And(Stream.concat(conjuncts(), other.conjuncts()).toList());
  }

  /** This or the other. */
  default Query or(Query other) {
    return new Or(Stream.concat(disjuncts(), other.disjuncts()).toList());
  }

  private Stream<Query> conjuncts() {
    return this instanceof And and ? and.queries().stream() : Stream.of(this);
  }

  private Stream<Query> disjuncts() {
    return this instanceof Or or ? or.queries().stream() : Stream.of(this);
  }

  /** A search for this, in that order. */
  default Search sortedBy(SortOrder order) {
    return Search.of(this).sortedBy(order);
  }

  /** A search for this that stops at so many hits. */
  default Search limit(int most) {
    return Search.of(this).limit(most);
  }

  /** A search for this that asks only the local copy. */
  default Search localOnly() {
    return Search.of(this).localOnly();
  }
}

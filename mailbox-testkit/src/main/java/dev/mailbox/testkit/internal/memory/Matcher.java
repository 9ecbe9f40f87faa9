// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.Flag;
import dev.mailbox.content.Address;
import dev.mailbox.content.Envelope;
import dev.mailbox.search.Query;
import dev.mailbox.testkit.internal.content.Content;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Asks a query of messages. */
final class Matcher {
  private Matcher() {}

  /** A message, and whether its body can be looked into. */
  record Candidate(Content content, Set<Flag> flags, Instant receivedAt, boolean whole) {}

  static boolean matches(Query query, Candidate message) {
    if (query instanceof Query.And and) {
      return and.queries().stream().allMatch(each -> matches(each, message));
    } else if (query instanceof Query.Or or) {
      return or.queries().stream().anyMatch(each -> matches(each, message));
    } else if (query instanceof Query.Not not) {
      return !matches(not.query(), message);
    } else if (query instanceof Query.HasFlag has) {
      return message.flags().contains(has.flag());
    } else if (query instanceof Query.InText in) {
      Content content = message.content();
      return (message.whole() ? content.words() : content.headWords()).contain(in.words());
    }
    return matchesField(query, message);
  }

  private static boolean matchesField(Query query, Candidate message) {
    if (query instanceof Query.InEnvelope in) {
      return inField(message.content().envelope(), in.field(), fold(in.text()));
    } else if (query instanceof Query.InHeader in) {
      String wanted = fold(in.text());
      return message.content().headers().all(in.name()).stream().anyMatch(v -> has(v, wanted));
    } else if (query instanceof Query.Received span) {
      return isWithin(message.receivedAt(), span.from(), span.until());
    } else if (query instanceof Query.Sent span) {
      return message
          .content()
          .envelope()
          .sentAt()
          .filter(at -> isWithin(at, span.from(), span.until()))
          .isPresent();
    } else if (query instanceof Query.Size size) {
      long bytes = message.content().sizeInBytes();
      return bytes >= size.atLeast() && bytes <= size.atMost();
    }
    return query instanceof Query.All;
  }

  /** Whether a query looks into bodies. */
  static boolean needsBodies(Query query) {
    if (query instanceof Query.And and) {
      return and.queries().stream().anyMatch(Matcher::needsBodies);
    } else if (query instanceof Query.Or or) {
      return or.queries().stream().anyMatch(Matcher::needsBodies);
    } else if (query instanceof Query.Not not) {
      return needsBodies(not.query());
    }
    return query instanceof Query.InText;
  }

  private static boolean isWithin(Instant at, Instant from, Instant until) {
    return !at.isBefore(from) && at.isBefore(until);
  }

  private static boolean inField(Envelope envelope, Query.Field field, String wanted) {
    return switch (field) {
      case FROM -> inAny(envelope.from(), wanted);
      case TO -> inAny(envelope.to(), wanted);
      case CC -> inAny(envelope.cc(), wanted);
      case RECIPIENT ->
          inAny(envelope.to(), wanted)
              || inAny(envelope.cc(), wanted)
              || inAny(envelope.bcc(), wanted);
      case SUBJECT -> has(envelope.subject(), wanted);
      case MESSAGE_ID -> has(envelope.messageId(), wanted);
    };
  }

  private static boolean inAny(List<Address> addresses, String wanted) {
    return addresses.stream().anyMatch(address -> has(address.toString(), wanted));
  }

  private static boolean has(String text, String wanted) {
    return fold(text).contains(wanted);
  }

  /** Without differences of case, also those of letters that have two lower cases. */
  static String fold(String text) {
    return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}

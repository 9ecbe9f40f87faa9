// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import dev.mailbox.Flag;
import dev.mailbox.search.Query;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The conditions of a search. */
final class QueryOptions {
  @Option(names = "--from", paramLabel = "TEXT", description = "In the sender's name or address.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TEXT", description = "In a recipient's name or address.")
  private @Nullable String to;

  @Option(names = "--subject", paramLabel = "TEXT", description = "In the subject.")
  private @Nullable String subject;

  @Option(names = "--text", paramLabel = "WORDS", description = "The same as WORD.")
  private @Nullable String text;

  @Option(
      names = "--since",
      paramLabel = "WHEN",
      description = "Arrived then or later: 2026-11-23, 2026-11-23T14:00, or 7d, 12h ago.")
  private @Nullable String since;

  @Option(names = "--before", paramLabel = "WHEN", description = "Arrived before that.")
  private @Nullable String before;

  @Option(names = "--larger", paramLabel = "SIZE", description = "At least so large: 20k, 5M.")
  private @Nullable String larger;

  @Option(names = "--unread", description = "Not read yet.")
  private boolean unread;

  @Option(names = "--flagged", description = "Marked as important.")
  private boolean flagged;

  private final List<Query> conditions = new ArrayList<>();

  /**
   * All conditions together.
   *
   * @param words each of which is in the message; a phrase where there are spaces
   * @throws CommandException if there is none, or one makes no sense
   */
  Query query(List<String> words, ZoneId zone) {
    conditions.clear();
    Instant now = Instant.now();
    words.forEach(word -> add(word, Query::text));
    add(text, Query::text);
    add(from, Query::from);
    add(to, Query::to);
    add(subject, Query::subject);
    add(since, when -> Query.receivedAfter(Moments.parse(when, zone, now)));
    add(before, when -> Query.receivedBefore(Moments.parse(when, zone, now)));
    add(larger, size -> Query.largerThan(Sizes.parse(size)));
    add(unread ? "" : null, any -> Query.unread());
    add(flagged ? "" : null, any -> Query.flagged(Flag.FLAGGED));
    return conditions.stream()
        .reduce(Query::and)
        .orElseThrow(() -> CommandException.usage("what to look for? say a WORD or an option"));
  }

  private void add(@Nullable String value, Function<String, Query> condition) {
    if (value != null) {
      conditions.add(LoginOptions.checked(() -> condition.apply(value)));
    }
  }
}

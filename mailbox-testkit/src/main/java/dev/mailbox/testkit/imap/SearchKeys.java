// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mailbox.testkit.internal.mime.SearchText;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a condition of the keys of a SEARCH; text is compared decoded and without case. */
final class SearchKeys {
  private static final Pattern SENT = Pattern.compile("([0-9]{1,2}) ([A-Za-z]{3}) ([0-9]{4})");

  private final FolderView view;
  private final Arguments arguments;

  SearchKeys(FolderView view, Arguments arguments) {
    this.view = view;
    this.arguments = arguments;
  }

  /** All keys that are left, which must hold together. */
  SearchKey all() throws Refusal {
    SearchKey key = one();
    while (arguments.hasNext()) {
      key = key.and(one());
    }
    return key;
  }

  private SearchKey one() throws Refusal {
    if (arguments.nextIsList()) {
      return new SearchKeys(view, arguments.list()).all();
    }
    String name = arguments.keyword();
    if (SequenceSet.looksLike(name)) {
      return numbers(SequenceSet.parse(name), false);
    }
    return switch (name) {
      case "ALL" -> (n, m) -> true;
      case "NOT" -> one().not();
      case "OR" -> one().or(one());
      case "UID" -> numbers(arguments.set(), true);
      case "RECENT" -> (n, m) -> m.isRecent();
      case "OLD" -> (n, m) -> !m.isRecent();
      case "NEW" -> (n, m) -> m.isRecent() && !m.message().has("\\Seen");
      case "ANSWERED", "DELETED", "DRAFT", "FLAGGED", "SEEN" -> flag("\\" + name);
      case "UNANSWERED", "UNDELETED", "UNDRAFT", "UNFLAGGED", "UNSEEN" ->
          flag("\\" + name.substring(2)).not();
      case "KEYWORD" -> flag(arguments.keyword());
      case "UNKEYWORD" -> flag(arguments.keyword()).not();
      default -> aboutContent(name);
    };
  }

  private SearchKey aboutContent(String name) throws Refusal {
    return switch (name) {
      case "LARGER" -> size(arguments.number(), (size, limit) -> size > limit);
      case "SMALLER" -> size(arguments.number(), (size, limit) -> size < limit);
      case "BEFORE" -> arrived(LocalDate::isBefore);
      case "ON" -> arrived(LocalDate::isEqual);
      case "SINCE" -> arrived((day, bound) -> !day.isBefore(bound));
      case "SENTBEFORE" -> sent(LocalDate::isBefore);
      case "SENTON" -> sent(LocalDate::isEqual);
      case "SENTSINCE" -> sent((day, bound) -> !day.isBefore(bound));
      case "FROM", "TO", "CC", "BCC", "SUBJECT" -> field(name, text());
      case "HEADER" -> field(arguments.string(), text());
      case "BODY" -> body(text());
      case "TEXT" -> {
        String text = text();
        yield anyField(text).or(body(text));
      }
      default -> throw Refusal.bad("nothing that SEARCH knows: " + name);
    };
  }

  private SearchKey numbers(SequenceSet set, boolean byUid) throws Refusal {
    List<Integer> numbers = view.numbers(set, byUid);
    return (n, m) -> numbers.contains(n);
  }

  private static SearchKey flag(String flag) {
    return (n, m) -> m.message().has(flag);
  }

  private static SearchKey size(long limit, BiPredicate<Long, Long> comparison) {
    return (n, m) -> comparison.test(m.message().source().sizeInBytes(), limit);
  }

  private SearchKey arrived(BiPredicate<LocalDate, LocalDate> comparison) throws Refusal {
    LocalDate bound = ImapDates.day(arguments.string());
    return (n, m) ->
        comparison.test(LocalDate.ofInstant(m.message().internalDate(), ZoneOffset.UTC), bound);
  }

  private SearchKey sent(BiPredicate<LocalDate, LocalDate> comparison) throws Refusal {
    LocalDate bound = ImapDates.day(arguments.string());
    return (n, m) ->
        sentOn(MailHeader.of(m.message().source()))
            .filter(day -> comparison.test(day, bound))
            .isPresent();
  }

  /** The day in the zone of the sender, which the comparison disregards. */
  private static Optional<LocalDate> sentOn(MailHeader header) {
    Matcher day = SENT.matcher(header.first("Date"));
    try {
      return day.find()
          ? Optional.of(ImapDates.day(day.group().replace(' ', '-')))
          : Optional.empty();
    } catch (Refusal e) {
      return Optional.empty();
    }
  }

  /** An empty text asks whether the field is there. */
  private static SearchKey field(String name, String text) {
    return (n, m) ->
        MailHeader.of(m.message().source()).values(name).stream()
            .map(SearchText::ofField)
            .anyMatch(contains(text));
  }

  private static SearchKey anyField(String text) {
    return (n, m) ->
        MailHeader.of(m.message().source()).fields().stream()
            .map(SearchText::ofField)
            .anyMatch(contains(text));
  }

  private static SearchKey body(String text) {
    return (n, m) -> contains(text).test(SearchText.ofBody(m.message().source().bytes()));
  }

  private static Predicate<String> contains(String text) {
    String wanted = text.toLowerCase(Locale.ROOT);
    return value -> value.toLowerCase(Locale.ROOT).contains(wanted);
  }

  private String text() throws Refusal {
    return new String(arguments.string().getBytes(ISO_8859_1), UTF_8);
  }
}

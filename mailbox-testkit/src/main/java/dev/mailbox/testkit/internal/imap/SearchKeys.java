// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.mailbox.testkit.imap.ImapValue;
import dev.mailbox.testkit.internal.mime.MailHeader;
import dev.mailbox.testkit.internal.mime.SearchText;
import dev.mailbox.testkit.internal.store.Refusal;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a condition of the keys of a SEARCH; text is compared decoded and without case. */
final class SearchKeys {
  private static final Pattern SENT = Pattern.compile("([0-9]{1,2}) ([A-Za-z]{3}) ([0-9]{4})");

  private static final int MOST_NESTED = 500;

  private final SessionState session;
  private final FolderView view;
  private final Arguments arguments;
  private final Charset charset;
  private int depth;
  private boolean asksForModSeq;

  SearchKeys(SessionState session, Arguments arguments, Charset charset) throws Refusal {
    this.session = session;
    this.view = session.view();
    this.arguments = arguments;
    this.charset = charset;
  }

  /** Whether MODSEQ was among the keys, so that the result tells mod-sequences too. */
  boolean asksForModSeq() {
    return asksForModSeq;
  }

  /** All keys that are left, which must hold together. */
  SearchKey all() throws Refusal {
    List<SearchKey> keys = new ArrayList<>();
    do {
      keys.add(one());
    } while (arguments.hasNext());
    return keys.size() == 1 ? keys.get(0) : SearchKey.all(keys);
  }

  private SearchKey one() throws Refusal {
    if (depth == MOST_NESTED) {
      throw Refusal.violation("keys are nested too deep");
    }
    depth++;
    SearchKey key = another();
    depth--;
    return key;
  }

  private SearchKey another() throws Refusal {
    if (arguments.nextIsList()) {
      var nested = new SearchKeys(session, arguments.list(), charset);
      nested.depth = depth;
      SearchKey key = nested.all();
      asksForModSeq |= nested.asksForModSeq;
      return key;
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
      case "KEYWORD" -> flag(arguments.flagKeyword());
      case "UNKEYWORD" -> flag(arguments.flagKeyword()).not();
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
        yield (n, m) -> contains(text).test(SearchText.ofAll(m.message().source().bytes()));
      }
      default -> extension(name);
    };
  }

  /** RFC 7162, 5032, 8474 and 8514. */
  private SearchKey extension(String name) throws Refusal {
    return switch (name) {
      case "MODSEQ" -> modSeq();
      case "OLDER" -> age("WITHIN", (age, limit) -> age >= limit);
      case "YOUNGER" -> age("WITHIN", (age, limit) -> age <= limit);
      case "EMAILID" -> {
        require("OBJECTID");
        String id = arguments.string();
        yield (n, m) -> id.equals("M" + m.message().content().id());
      }
      case "THREADID" -> {
        require("OBJECTID");
        String id = arguments.string();
        yield (n, m) -> id.equals("T" + session.account().threads().of(m.message().content()));
      }
      case "X-GM-MSGID", "X-GM-THRID", "X-GM-LABELS", "X-GM-RAW" -> gmail(name);
      case "SAVEDBEFORE" -> saved(LocalDate::isBefore);
      case "SAVEDON" -> saved(LocalDate::isEqual);
      case "SAVEDSINCE" -> saved((day, bound) -> !day.isBefore(bound));
      case "SAVEDATESUPPORTED" -> {
        require("SAVEDATE");
        yield (n, m) -> true;
      }
      default -> throw Refusal.violation("nothing that SEARCH knows: " + name);
    };
  }

  private SearchKey gmail(String name) throws Refusal {
    require("X-GM-EXT-1");
    String wanted = arguments.string();
    var labels = new GmailLabels(session);
    return switch (name) {
      case "X-GM-MSGID" -> (n, m) -> wanted.equals("" + m.message().content().id());
      case "X-GM-THRID" ->
          (n, m) -> wanted.equals("" + session.account().threads().of(m.message().content()));
      case "X-GM-LABELS" ->
          (n, m) -> labels.of(m.message()).stream().anyMatch(wanted::equalsIgnoreCase);
      default ->
          (n, m) -> {
            MailHeader header = MailHeader.of(m.message().source());
            String subject = SearchText.ofField(header.first("Subject"));
            return GmailLabels.matches(wanted, subject, header.first("From"));
          };
    };
  }

  private void require(String capability) throws Refusal {
    if (!session.server().offers(capability)) {
      throw Refusal.violation("nothing that SEARCH knows here");
    }
  }

  private SearchKey modSeq() throws Refusal {
    require("CONDSTORE");
    session.needModSeqs();
    asksForModSeq = true;
    if (arguments.peek() instanceof ImapValue.Quoted) {
      String unusedName = arguments.string();
      String unusedType = arguments.keyword();
    }
    long least = arguments.modSeq();
    return (n, m) -> m.message().modSeq() >= least;
  }

  private SearchKey age(String capability, BiPredicate<Long, Long> comparison) throws Refusal {
    require(capability);
    long seconds = arguments.number();
    if (seconds == 0) {
      throw Refusal.violation("an interval of no seconds");
    }
    Instant now = session.account().now();
    return (n, m) ->
        comparison.test(Duration.between(m.message().internalDate(), now).toSeconds(), seconds);
  }

  private SearchKey saved(BiPredicate<LocalDate, LocalDate> comparison) throws Refusal {
    require("SAVEDATE");
    LocalDate bound = ImapDates.day(arguments.date());
    return (n, m) ->
        comparison.test(LocalDate.ofInstant(m.message().savedAt(), ZoneOffset.UTC), bound);
  }

  private SearchKey numbers(SequenceSet set, boolean byUid) throws Refusal {
    Set<Integer> numbers = new HashSet<>(view.numbers(set, byUid));
    return (n, m) -> numbers.contains(n);
  }

  private static SearchKey flag(String flag) {
    return (n, m) -> m.message().has(flag);
  }

  private static SearchKey size(long limit, BiPredicate<Long, Long> comparison) {
    return (n, m) -> comparison.test(m.message().content().size(), limit);
  }

  private SearchKey arrived(BiPredicate<LocalDate, LocalDate> comparison) throws Refusal {
    LocalDate bound = ImapDates.day(arguments.date());
    return (n, m) ->
        comparison.test(LocalDate.ofInstant(m.message().internalDate(), ZoneOffset.UTC), bound);
  }

  private SearchKey sent(BiPredicate<LocalDate, LocalDate> comparison) throws Refusal {
    LocalDate bound = ImapDates.day(arguments.date());
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

  private static SearchKey body(String text) {
    return (n, m) -> contains(text).test(SearchText.ofBody(m.message().source().bytes()));
  }

  private static Predicate<String> contains(String text) {
    String wanted = text.toLowerCase(Locale.ROOT);
    return value -> value.toLowerCase(Locale.ROOT).contains(wanted);
  }

  private String text() throws Refusal {
    return new String(arguments.string().getBytes(ISO_8859_1), charset);
  }
}

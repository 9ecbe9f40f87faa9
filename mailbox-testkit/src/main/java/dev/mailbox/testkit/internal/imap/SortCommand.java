// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.internal.mime.BaseSubject;
import dev.mailbox.testkit.internal.mime.MailAddress;
import dev.mailbox.testkit.internal.mime.MailHeader;
import dev.mailbox.testkit.internal.mime.SearchText;
import dev.mailbox.testkit.internal.store.Refusal;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

/** SORT and UID SORT (RFC 5256, section 3; ESORT of RFC 5267; DISPLAY of RFC 5957). */
final class SortCommand {
  private SortCommand() {}

  static String sort(SessionState session, Arguments arguments, ImapReply reply, boolean byUid)
      throws Refusal {
    ReturnOptions options = ReturnOptions.parse(session, arguments, "ESORT");
    FolderView view = session.view();
    Comparator<Integer> order = order(session, arguments.list());
    Charset charset = SearchCommand.charset(arguments.string());
    var keys = new SearchKeys(session, arguments, charset);
    List<Integer> found = new ArrayList<>(SearchCommand.matching(view, keys.all()));
    found.sort(order.thenComparing(Comparator.naturalOrder()));
    var result = new SearchResult(session, found, byUid);
    if (options.isSaved()) {
      view.save(result.saved(options));
    }
    if (options.isAsked()) {
      result.tellExtended(options, keys.asksForModSeq(), reply);
    } else {
      result.tell("SORT", keys.asksForModSeq(), reply);
    }
    return "sorted";
  }

  private static Comparator<Integer> order(SessionState session, Arguments keys) throws Refusal {
    String name = keys.keyword();
    boolean reverse = name.equals("REVERSE");
    Comparator<Integer> first = by(session, reverse ? keys.keyword() : name);
    Comparator<Integer> order = reverse ? first.reversed() : first;
    return keys.hasNext() ? order.thenComparing(order(session, keys)) : order;
  }

  private static Comparator<Integer> by(SessionState session, String key) throws Refusal {
    boolean display = session.server().offers("SORT=DISPLAY");
    return switch (key) {
      case "ARRIVAL" -> on(session, seen -> seen.message().internalDate());
      case "DATE" -> on(session, SortCommand::sent);
      case "SIZE" -> on(session, seen -> seen.message().content().size());
      case "SUBJECT" -> on(session, SortCommand::subject);
      case "FROM", "TO", "CC" -> on(session, seen -> address(seen, key));
      case "DISPLAYFROM", "DISPLAYTO" -> {
        if (!display) {
          throw Refusal.violation("nothing that SORT knows: " + key);
        }
        yield on(session, seen -> displayed(seen, key.substring(7)));
      }
      default -> throw Refusal.violation("nothing that SORT knows: " + key);
    };
  }

  private static <T extends Comparable<T>> Comparator<Integer> on(
      SessionState session, Function<FolderView.Seen, T> value) throws Refusal {
    FolderView view = session.view();
    return Comparator.comparing(number -> value.apply(view.at(number)));
  }

  /** When it was sent, or arrived where it does not say. */
  static Instant sent(FolderView.Seen seen) {
    String date = MailHeader.of(seen.message().source()).first("Date");
    return ImapDates.sent(date).orElse(seen.message().internalDate());
  }

  static String subject(FolderView.Seen seen) {
    return BaseSubject.of(header(seen, "Subject")).text();
  }

  private static String address(FolderView.Seen seen, String field) {
    List<MailAddress> all = MailAddress.parse(MailHeader.of(seen.message().source()).first(field));
    String local = all.isEmpty() ? null : all.get(0).local();
    return Objects.requireNonNullElse(local, "").toUpperCase(Locale.ROOT);
  }

  private static String displayed(FolderView.Seen seen, String field) {
    List<MailAddress> all = MailAddress.parse(MailHeader.of(seen.message().source()).first(field));
    if (all.isEmpty()) {
      return "";
    }
    MailAddress first = all.get(0);
    String name = first.name() == null ? first.local() + "@" + first.host() : first.name();
    return SearchText.ofField(name).toUpperCase(Locale.ROOT);
  }

  private static String header(FolderView.Seen seen, String field) {
    return SearchText.ofField(MailHeader.of(seen.message().source()).first(field));
  }
}

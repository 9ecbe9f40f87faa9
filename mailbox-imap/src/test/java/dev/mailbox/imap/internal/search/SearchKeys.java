// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.search;

import dev.mailbox.search.Query;
import dev.mailbox.wire.Command;
import dev.mailbox.wire.Literals;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys of a SEARCH command read from the line as a server would (RFC 9051 section 6.4.4), for
 * text without literals. For one command.
 */
final class SearchKeys {
  private static final String COMMAND = "A1 SEARCH ";
  private static final Pattern TOKEN =
      Pattern.compile("\\G(?:([()])|\"((?:[^\"\\\\]|\\\\.)*)\"|([^ ()\"]+))( ?)");
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d-MMM-yyyy", Locale.ENGLISH);

  private final List<String> tokens = new ArrayList<>();
  private int next;

  private SearchKeys(String line) {
    Matcher matcher = TOKEN.matcher(line);
    int end = 0;
    while (matcher.find()) {
      String quoted = matcher.group(2);
      tokens.add(
          matcher.group(1) != null
              ? matcher.group(1)
              : quoted != null ? quoted.replaceAll("\\\\(.)", "$1") : matcher.group(3));
      end = matcher.end();
    }
    if (end != line.length()) {
      throw new AssertionError("not the grammar of SEARCH: " + line);
    }
  }

  /** The command that asks for a query. */
  static Command command(Query query) {
    return SearchProgram.of(query)
        .appendTo(Command.tagged("A1", "SEARCH", Literals.AT_ONCE))
        .build();
  }

  /** Its keys, without the one that all commands have. */
  static String line(Query query) {
    String keys = command(query).toString().substring(COMMAND.length());
    return keys.substring("UNDELETED".length()).strip();
  }

  /** What the keys of a query find. */
  static Predicate<SampleMail> matcher(Query query) {
    SearchKeys keys = new SearchKeys(command(query).toString().substring(COMMAND.length()));
    Predicate<SampleMail> all = keys.sequence();
    if (keys.next < keys.tokens.size()) {
      throw new AssertionError("a parenthesis too many: " + keys.tokens);
    }
    return all;
  }

  private Predicate<SampleMail> sequence() {
    Predicate<SampleMail> all = key();
    while (next < tokens.size() && !tokens.get(next).equals(")")) {
      all = all.and(key());
    }
    return all;
  }

  private String take() {
    if (next == tokens.size()) {
      throw new AssertionError("the command ends too early: " + tokens);
    }
    return tokens.get(next++);
  }

  private Predicate<SampleMail> key() {
    String name = take();
    return switch (name) {
      case "(" -> {
        Predicate<SampleMail> inside = sequence();
        if (!take().equals(")")) {
          throw new AssertionError("a parenthesis is missing: " + tokens);
        }
        yield inside;
      }
      case "NOT" -> key().negate();
      case "OR" -> key().or(key());
      case "ALL", "UNDELETED" -> mail -> true;
      case "SEEN", "ANSWERED", "FLAGGED", "DRAFT" -> mail -> mail.hasFlag("\\" + name);
      case "FROM", "TO", "CC", "BCC", "SUBJECT", "TEXT", "HEADER" -> text(name);
      case "LARGER", "SMALLER" -> size(name, Long.parseLong(take()));
      case "SINCE", "BEFORE", "SENTSINCE", "SENTBEFORE" -> day(name, LocalDate.parse(take(), DAY));
      case "KEYWORD" -> {
        String flag = take();
        yield mail -> mail.hasFlag(flag);
      }
      default -> throw new AssertionError("not a key: " + name);
    };
  }

  private Predicate<SampleMail> text(String name) {
    String field = name.equals("HEADER") ? take() : name;
    String text = take().toLowerCase(Locale.ROOT);
    return name.equals("TEXT")
        ? mail -> mail.source().toLowerCase(Locale.ROOT).contains(text)
        : mail ->
            mail.field(field).stream().anyMatch(v -> v.toLowerCase(Locale.ROOT).contains(text));
  }

  private static Predicate<SampleMail> size(String name, long bound) {
    return name.equals("LARGER") ? mail -> mail.size() > bound : mail -> mail.size() < bound;
  }

  private static Predicate<SampleMail> day(String name, LocalDate day) {
    return switch (name) {
      case "SINCE" -> mail -> !mail.dayReceived().isBefore(day);
      case "BEFORE" -> mail -> mail.dayReceived().isBefore(day);
      case "SENTSINCE" -> mail -> mail.daySent().filter(d -> !d.isBefore(day)).isPresent();
      default -> mail -> mail.daySent().filter(d -> d.isBefore(day)).isPresent();
    };
  }
}

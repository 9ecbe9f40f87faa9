// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.search;

import dev.mailbox.Flag;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers SEARCH keys for one message, by the letter of RFC 9051 section 6.4.4, and as a server
 * that looks at header fields as they were sent. Fails on what is no search.
 */
final class SampleServer {
  private static final Pattern TOKEN =
      Pattern.compile("[ ]*(\"(?:[^\"\\\\]|\\\\.)*\"|[()]|[^ ()\"]+)");
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d-MMM-uuuu", Locale.ENGLISH);

  private final SampleMail mail;
  private final Queue<String> tokens = new ArrayDeque<>();

  private SampleServer(SampleMail mail, String keys) {
    this.mail = mail;
    Matcher matcher = TOKEN.matcher(keys);
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      tokens.add(matcher.group(1));
      end = matcher.end();
    }
    if (end != keys.length() || tokens.isEmpty()) {
      throw new AssertionError("no search: " + keys);
    }
  }

  static boolean finds(SampleMail mail, String keys) {
    SampleServer server = new SampleServer(mail, keys);
    boolean found = true;
    while (!server.tokens.isEmpty()) {
      found &= server.key();
    }
    return found;
  }

  private boolean key() {
    String word = tokens.remove();
    return switch (word) {
      case "(" -> list();
      case "ALL" -> true;
      case "NOT" -> !key();
      case "OR" -> either();
      case "SEEN", "ANSWERED", "FLAGGED", "DRAFT" -> has(new Flag("\\" + word));
      case "UNSEEN", "UNANSWERED", "UNFLAGGED", "UNDRAFT" ->
          !has(new Flag("\\" + word.substring(2)));
      case "KEYWORD" -> has(Flag.keyword(tokens.remove()));
      case "UNKEYWORD" -> !has(Flag.keyword(tokens.remove()));
      case "LARGER" -> mail.size > Long.parseLong(tokens.remove());
      case "SMALLER" -> mail.size < Long.parseLong(tokens.remove());
      case "SINCE" -> !arrived().isBefore(day());
      case "BEFORE" -> arrived().isBefore(day());
      case "SENTSINCE" -> sentOn(day(), true);
      case "SENTBEFORE" -> sentOn(day(), false);
      case "FROM", "TO", "CC", "BCC", "SUBJECT" -> contains(field(word), string());
      case "HEADER" -> contains(field(string()), string());
      case "TEXT" -> contains(Optional.of(mail.raw + mail.body), string());
      default -> throw new AssertionError("no key: " + word);
    };
  }

  /** Reads both, whatever the first one says. */
  private boolean either() {
    boolean first = key();
    boolean second = key();
    return first || second;
  }

  private boolean list() {
    boolean found = key();
    while (!")".equals(tokens.peek())) {
      found &= key();
    }
    tokens.remove();
    return found;
  }

  private boolean has(Flag flag) {
    return mail.flags.contains(flag);
  }

  private LocalDate arrived() {
    return LocalDate.ofInstant(mail.received, mail.serverZone);
  }

  private boolean sentOn(LocalDate day, boolean sinceThat) {
    return mail.sent.filter(at -> at.toLocalDate().isBefore(day) != sinceThat).isPresent();
  }

  private LocalDate day() {
    return LocalDate.parse(tokens.remove(), DAY);
  }

  private String string() {
    String quoted = tokens.remove();
    if (!quoted.startsWith("\"")) {
      throw new AssertionError("no string: " + quoted);
    }
    return quoted.substring(1, quoted.length() - 1).replaceAll("\\\\(.)", "$1");
  }

  private Optional<String> field(String name) {
    return Optional.ofNullable(mail.raw.get(name));
  }

  private static boolean contains(Optional<String> text, String part) {
    return text.filter(t -> t.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT)))
        .isPresent();
  }
}

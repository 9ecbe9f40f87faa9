// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What each direction of a talk must know of the other, to tell lines from the bytes between them:
 * the protocol, which replies have a message behind them, whether the server wants a literal, and
 * where lines end for good, at TLS or compression. Each direction may have a thread of its own.
 */
final class Dialogue {
  private static final Pattern LITERAL = Pattern.compile("\\{([0-9]{1,18})(\\+?)}$");
  private static final Pattern STATUS =
      Pattern.compile("\\S+ (OK|NO|BAD|BYE|PREAUTH)( .*)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern COMPRESS =
      Pattern.compile("(\\S+) COMPRESS DEFLATE", Pattern.CASE_INSENSITIVE);

  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<String> unanswered = new ArrayDeque<>();
  private Protocol protocol = Protocol.UNKNOWN;
  private boolean opaque;
  private boolean compressed;
  private boolean inSasl;
  private @Nullable String wantedFor;
  private boolean refused;
  private @Nullable String compressing;

  private enum Protocol {
    UNKNOWN,
    IMAP,
    POP3,
    OTHER
  }

  /** What comes behind a line: a literal of so many bytes if not negative, or a message. */
  record Follow(long literal, boolean body) {
    static final Follow LINE = new Follow(-1, false);
  }

  /** One that is known to be IMAP's. */
  static Dialogue ofImap() {
    var dialogue = new Dialogue();
    dialogue.protocol = Protocol.IMAP;
    return dialogue;
  }

  /** Whether it is known to be IMAP's. */
  boolean isImap() {
    return get(() -> protocol == Protocol.IMAP);
  }

  /** Whether no lines come any more because all is compressed, in either direction. */
  boolean isCompressed() {
    return get(() -> compressed);
  }

  /** Whether no lines come any more, in either direction. */
  boolean isOpaque() {
    return get(() -> opaque);
  }

  void becomeOpaque() {
    get(() -> opaque = true);
  }

  /** A line as it came from its sender, and the tag of its command if it is a client's. */
  Follow came(Direction direction, String line, String tag) {
    return get(() -> direction == Direction.TO_SERVER ? said(line, tag) : replied(line));
  }

  /** A line as its receiver is about to see it. */
  void passed(Direction direction, String line) {
    Object unused = get(() -> direction == Direction.TO_SERVER ? asked(line) : heard(line));
  }

  /** Whether the server answered the command instead of letting its literal come. */
  boolean isRefused() {
    return get(() -> refused);
  }

  private Follow said(String line, String tag) {
    Matcher literal = LITERAL.matcher(line);
    if (protocol != Protocol.IMAP || !literal.find()) {
      return Follow.LINE;
    }
    refused = false;
    wantedFor = literal.group(2).isEmpty() ? tag : null;
    return new Follow(Long.parseLong(literal.group(1)), false);
  }

  private Follow replied(String line) {
    if (protocol == Protocol.UNKNOWN) {
      protocol = protocolOf(line);
      return Follow.LINE;
    }
    if (protocol == Protocol.POP3) {
      return isPop3Status(line) ? new Follow(-1, hasMessage(line)) : Follow.LINE;
    }
    if (compressing != null && line.startsWith(compressing + " ")) {
      compressed = line.startsWith(compressing + " OK");
      opaque = compressed;
      compressing = null;
    }
    Matcher literal = LITERAL.matcher(line);
    return protocol == Protocol.IMAP && literal.find() && !STATUS.matcher(line).matches()
        ? new Follow(Long.parseLong(literal.group(1)), false)
        : Follow.LINE;
  }

  private boolean hasMessage(String status) {
    String command = unanswered.poll();
    inSasl = false;
    return status.startsWith("+") && ("RETR".equals(command) || "TOP".equals(command));
  }

  private boolean asked(String line) {
    String[] words = line.strip().split(" +", 3);
    String command = words[0].toUpperCase(Locale.ROOT);
    Matcher compress = COMPRESS.matcher(line);
    if (compress.matches()) {
      compressing = compress.group(1);
    } else if (protocol != Protocol.IMAP && protocol != Protocol.OTHER && !inSasl) {
      unanswered.add(command);
      inSasl = command.equals("AUTH") && words.length > 1;
    }
    return inSasl;
  }

  private boolean heard(String line) {
    if (wantedFor != null && line.startsWith("+")) {
      wantedFor = null;
    } else if (wantedFor != null && line.startsWith(wantedFor + " ")) {
      wantedFor = null;
      refused = true;
    }
    return refused;
  }

  private static Protocol protocolOf(String greeting) {
    if (greeting.startsWith("* ")) {
      return Protocol.IMAP;
    }
    return isPop3Status(greeting) ? Protocol.POP3 : Protocol.OTHER;
  }

  private static boolean isPop3Status(String line) {
    return line.startsWith("+OK") || line.startsWith("-ERR");
  }

  private <T> T get(Supplier<T> value) {
    lock.lock();
    try {
      return value.get();
    } finally {
      lock.unlock();
    }
  }
}

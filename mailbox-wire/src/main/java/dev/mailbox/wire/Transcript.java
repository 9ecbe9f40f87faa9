// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a dialogue, fit to be shown and to be replayed: at most 128 lines and 16 KiB.
 *
 * <p>Lines start with {@code "C: "} (we), {@code "S: "} (the server) or {@code "-- "} (events: the
 * start of TLS, {@code close} when the server is gone, {@code stall} when it kept us waiting, and
 * how many lines before these were left out). Secrets never enter it: a command writes {@code ***}
 * in their place, and where a server echoes one, in clear text or Base64, it is masked (secrets
 * shorter than 4 characters are not looked for, since masking them would tell them). Control and
 * 8-bit characters are escaped, bodies only counted; of long lists the first lines are there and
 * the last. Thread-safe.
 */
public final class Transcript {
  private static final Logger log = LoggerFactory.getLogger(Transcript.class);
  private static final int MAX_LINES = 128;
  private static final int MAX_CHARS = 16 * 1024;
  private static final int FIRST_OF_LIST = 16;
  private static final int MAX_LINE_CHARS = 500;
  private static final int SHORTEST_MASK = 4;
  // A part of a message that comes as a quoted string rather than a literal.
  private static final Pattern QUOTED_BODY =
      Pattern.compile(
          "((?:(?:BODY|BINARY)\\[[^\\]]*](?:<[0-9]+>)?|RFC822(?:\\.[A-Z]+)?) \")((?:[^\"\\\\]|\\\\.)*)",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<String> lines = new ArrayDeque<>();
  private final @Nullable TrafficListener listener;
  private List<String> masks = List.of();
  private int chars;
  private long bodyBytes;
  private long leftOut;
  private int listLines;
  private @Nullable String lastOfList;
  private long lastOfListBytes;

  Transcript(@Nullable TrafficListener listener) {
    this.listener = listener;
  }

  /** The lines, oldest first; a copy. */
  public List<String> lines() {
    lock.lock();
    try {
      endBody();
      List<String> all = new ArrayList<>(lines);
      if (leftOut > 0) {
        all.add(0, "-- " + leftOut + " lines left out");
      }
      return List.copyOf(all);
    } finally {
      lock.unlock();
    }
  }

  /** The lines, one below the other. */
  @Override
  public String toString() {
    return String.join("\n", lines());
  }

  /** Records what we sent; already escaped and redacted. */
  void sent(String shown) {
    listLines = 0;
    add("C: ", shown);
  }

  /** Records an event, such as the start of TLS; what the last line was already only once. */
  void event(String text) {
    lock.lock();
    try {
      if (bodyBytes > 0 || !("-- " + text).equals(lines.peekLast())) {
        add("-- ", text);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Records a line of the server. */
  void received(byte[] array, int offset, int length) {
    listLines = 0;
    add("S: ", shown(array, offset, length));
  }

  /**
   * Records a line of a list, of which there may be many.
   *
   * @param bytes what it took with its end
   */
  void receivedOfList(byte[] array, int offset, int length, long bytes) {
    lock.lock();
    try {
      if (listLines < FIRST_OF_LIST) {
        listLines++;
        add("S: ", hideBody(shown(array, offset, length)));
      } else {
        countLastOfList();
        int kept = Math.min(length, masks.isEmpty() ? MAX_LINE_CHARS + 1 : length);
        lastOfList = new String(array, offset, kept, StandardCharsets.ISO_8859_1);
        lastOfListBytes = bytes;
      }
    } finally {
      lock.unlock();
    }
  }

  private static String hideBody(String text) {
    return QUOTED_BODY
        .matcher(text)
        .replaceAll(m -> Matcher.quoteReplacement(m.group(1) + "*".repeat(m.group(2).length())));
  }

  private void countLastOfList() {
    bodyBytes += lastOfListBytes;
    lastOfListBytes = 0;
    lastOfList = null;
  }

  private String shown(byte[] array, int offset, int length) {
    int kept = masks.isEmpty() ? Math.min(length, MAX_LINE_CHARS + 1) : length;
    return shown(new String(array, offset, kept, StandardCharsets.ISO_8859_1));
  }

  private String shown(String bytes) {
    String text = bytes;
    for (String mask : masks) {
      text = text.replace(mask, "***");
    }
    return Escape.latin1(cut(text));
  }

  /** Records bytes of a body or a list, which are only counted. */
  void receivedBody(long bytes) {
    lock.lock();
    try {
      countLastOfList();
      bodyBytes += bytes;
    } finally {
      lock.unlock();
    }
  }

  /** Masks these texts, given as characters that each stand for one byte, from now on. */
  void mask(Collection<String> secrets) {
    masks =
        secrets.stream()
            .filter(secret -> secret.length() >= SHORTEST_MASK)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  private void add(String side, String text) {
    lock.lock();
    try {
      endBody();
      append(side + cut(text));
    } finally {
      lock.unlock();
    }
  }

  private void endBody() {
    if (bodyBytes > 0) {
      long bytes = bodyBytes;
      bodyBytes = 0;
      append("S: <" + bytes + " bytes>");
    }
    String last = lastOfList;
    if (last != null) {
      lastOfList = null;
      lastOfListBytes = 0;
      append("S: " + cut(hideBody(shown(last))));
    }
  }

  private void append(String line) {
    lines.addLast(line);
    chars += line.length();
    while (lines.size() > MAX_LINES || chars > MAX_CHARS) {
      chars -= lines.removeFirst().length();
      leftOut++;
    }
    tell(line);
  }

  private void tell(String line) {
    if (listener == null) {
      return;
    }
    try {
      listener.line(line);
    } catch (RuntimeException e) {
      log.warn("A traffic listener failed", e);
    }
  }

  private static String cut(String text) {
    return text.length() <= MAX_LINE_CHARS ? text : text.substring(0, MAX_LINE_CHARS) + "...";
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a dialogue, fit to be shown: at most 64 lines and 8 KiB.
 *
 * <p>Lines start with {@code "C: "} (we), {@code "S: "} (the server) or {@code "-- "} (events).
 * Secrets never enter it: a command writes {@code ***} in their place, and where a server echoes
 * one, in clear text or Base64, it is masked (secrets shorter than 4 characters are not looked for,
 * since masking them would tell them). Control and 8-bit characters are escaped, bodies only
 * counted. Thread-safe.
 */
public final class Transcript {
  private static final Logger log = LoggerFactory.getLogger(Transcript.class);
  private static final int MAX_LINES = 64;
  private static final int MAX_CHARS = 8 * 1024;
  private static final int MAX_LINE_CHARS = 500;
  private static final int SHORTEST_MASK = 4;

  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<String> lines = new ArrayDeque<>();
  private final @Nullable TrafficListener listener;
  private List<String> masks = List.of();
  private int chars;
  private long bodyBytes;

  Transcript(@Nullable TrafficListener listener) {
    this.listener = listener;
  }

  /** The lines, oldest first; a copy. */
  public List<String> lines() {
    lock.lock();
    try {
      endBody();
      return List.copyOf(lines);
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
    add("C: ", shown);
  }

  /** Records an event, such as the start of TLS. */
  void event(String text) {
    add("-- ", text);
  }

  /** Records a line of the server. */
  void received(byte[] array, int offset, int length) {
    int kept = masks.isEmpty() ? Math.min(length, MAX_LINE_CHARS + 1) : length;
    String text = new String(array, offset, kept, StandardCharsets.ISO_8859_1);
    for (String mask : masks) {
      text = text.replace(mask, "***");
    }
    add("S: ", Escape.latin1(cut(text)));
  }

  /** Records bytes of a body or a list, which are only counted. */
  void receivedBody(long bytes) {
    lock.lock();
    try {
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
  }

  private void append(String line) {
    lines.addLast(line);
    chars += line.length();
    while (lines.size() > MAX_LINES || chars > MAX_CHARS) {
      chars -= lines.removeFirst().length();
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

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox;

import java.util.ArrayList;
import java.util.List;

/**
 * The name of a folder: its own name below those of its parents, decoded and free of any server's
 * separator.
 *
 * <p>{@link #parse} and {@link #toString} use {@code /} between segments; a {@code /} or {@code \}
 * inside a segment is written with a {@code \} before it. {@code INBOX}, in any case, as the first
 * segment is the inbox and is normalized to upper case (RFC 9051 section 5.1).
 *
 * @param segments the names from the top down; at least one
 */
public record FolderPath(List<String> segments) {
  /** The inbox. */
  public static final FolderPath INBOX = new FolderPath(List.of("INBOX"));

  /**
   * Makes a path of segments.
   *
   * @throws IllegalArgumentException if there is no segment, or one is empty, longer than 255
   *     characters, or holds a control character such as CR, LF or NUL, or an unpaired surrogate
   */
  public FolderPath {
    if (segments.isEmpty()) {
      throw new IllegalArgumentException("a folder path needs at least one segment");
    }
    List<String> checked = new ArrayList<>(segments);
    checked.forEach(FolderPath::check);
    if (checked.get(0).equalsIgnoreCase("INBOX")) {
      checked.set(0, "INBOX");
    }
    segments = List.copyOf(checked);
  }

  private static void check(String segment) {
    if (segment.isEmpty()) {
      throw new IllegalArgumentException("a folder name must not be empty");
    }
    if (segment.length() > 255) {
      throw new IllegalArgumentException("a folder name must not exceed 255 characters");
    }
    for (int i = 0; i < segment.length(); i += Character.charCount(segment.codePointAt(i))) {
      int c = segment.codePointAt(i);
      if (Character.getType(c) == Character.SURROGATE) {
        throw new IllegalArgumentException("a folder name must not contain half a character");
      }
      if (Character.isISOControl(c)) {
        throw new IllegalArgumentException(
            "a folder name must not contain control characters such as CR or LF");
      }
    }
  }

  /** The path with these segments, from the top down. */
  public static FolderPath of(String first, String... more) {
    List<String> segments = new ArrayList<>();
    segments.add(first);
    segments.addAll(List.of(more));
    return new FolderPath(segments);
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException if a segment is empty or holds a control character
   */
  public static FolderPath parse(String text) {
    if (text.indexOf('/') < 0 && text.indexOf('\\') < 0) {
      return new FolderPath(List.of(text));
    }
    List<String> segments = new ArrayList<>();
    StringBuilder segment = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        segment.append(text.charAt(++i));
      } else if (c == '/') {
        segments.add(segment.toString());
        segment.setLength(0);
      } else {
        segment.append(c);
      }
    }
    segments.add(segment.toString());
    return new FolderPath(segments);
  }

  /** The folder's own name: the last segment. */
  public String name() {
    return segments.get(segments.size() - 1);
  }

  /** The path of a folder below this one. */
  public FolderPath child(String name) {
    List<String> longer = new ArrayList<>(segments);
    longer.add(name);
    return new FolderPath(longer);
  }

  /** Whether this path is the other or lies below it. */
  public boolean isWithin(FolderPath other) {
    return segments.size() >= other.segments.size()
        && segments.subList(0, other.segments.size()).equals(other.segments);
  }

  /** The segments joined with {@code /}; {@link #parse} reads it. */
  @Override
  public String toString() {
    List<String> escaped = new ArrayList<>();
    segments.forEach(s -> escaped.add(s.replace("\\", "\\\\").replace("/", "\\/")));
    return String.join("/", escaped);
  }
}

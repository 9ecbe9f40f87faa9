// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.folder;

import dev.mailbox.FolderPath;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.imap.internal.grammar.ModifiedUtf7;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a server writes the names of folders (RFC 9051 section 5.1): segments joined by its delimiter
 * and encoded, the user's own below a prefix that users do not want to see.
 *
 * <p>With the prefix {@code INBOX.}, {@code INBOX.Work} is the folder {@code Work}, and what the
 * server has outside of the prefix, such as the folders of others, has no name here.
 */
public final class FolderNames {
  private static final String INBOX = "INBOX";

  private final String prefix;
  private final String delimiter;

  /**
   * Names of a server.
   *
   * @param prefix what the user's own names begin with, as the server writes it
   * @param delimiter what separates segments; empty if there is no hierarchy
   */
  public FolderNames(String prefix, String delimiter) {
    this.prefix = prefix;
    this.delimiter = delimiter;
  }

  /**
   * The name of a folder as the server writes it.
   *
   * @throws RejectedException with {@link Reason#IMPOSSIBLE} if the server cannot have such a name
   */
  public String name(FolderPath path) {
    List<String> segments = path.segments();
    boolean hidden = segments.size() > 1 && segments.get(0).equals(INBOX) && isBelowInbox();
    boolean split = !delimiter.isEmpty() && segments.stream().anyMatch(s -> s.contains(delimiter));
    if (split || hidden || (delimiter.isEmpty() && segments.size() > 1)) {
      throw impossible(path, "it separates names by \"" + delimiter + "\"");
    }
    String joined = String.join(delimiter, segments);
    String encoded = ModifiedUtf7.encode(joined);
    if (!ModifiedUtf7.decode(encoded).equals(joined)) {
      throw impossible(path, "its name has half a character");
    }
    return segments.get(0).equals(INBOX) ? encoded : prefix + encoded;
  }

  private static RejectedException impossible(FolderPath path, String why) {
    String message = "the server cannot have a folder " + path + ": " + why;
    return new RejectedException(Reason.IMPOSSIBLE, message, null, List.of());
  }

  /** Whether all of the user's folders are below the inbox, so that none of them is there twice. */
  private boolean isBelowInbox() {
    return prefix.equalsIgnoreCase(INBOX + delimiter);
  }

  /** The folder of that name; empty if it cannot be named here, or not without ambiguity. */
  public Optional<FolderPath> path(String name) {
    boolean own = !prefix.isEmpty() && name.length() > prefix.length() && startsWithPrefix(name);
    String visible = own ? name.substring(prefix.length()) : name;
    try {
      List<String> segments = segments(ModifiedUtf7.decode(visible));
      FolderPath path = new FolderPath(segments);
      return name(path).equals(canonical(name)) ? Optional.of(path) : Optional.empty();
    } catch (IllegalArgumentException | RejectedException e) {
      return Optional.empty();
    }
  }

  private boolean startsWithPrefix(String name) {
    int length = Math.min(prefix.length(), INBOX.length());
    boolean inbox = prefix.regionMatches(true, 0, INBOX, 0, length) && length == INBOX.length();
    return inbox
        ? name.regionMatches(true, 0, prefix, 0, prefix.length())
        : name.startsWith(prefix);
  }

  /** The same name with the inbox in capitals, in whatever case the server writes it. */
  private String canonical(String name) {
    boolean inbox =
        name.regionMatches(true, 0, INBOX, 0, INBOX.length())
            && (name.length() == INBOX.length()
                || (!delimiter.isEmpty() && name.startsWith(delimiter, INBOX.length())));
    String upper = inbox ? INBOX + name.substring(INBOX.length()) : name;
    return prefix.isEmpty() || !startsWithPrefix(name) || upper.length() <= prefix.length()
        ? encoded(upper)
        : prefix + encoded(upper.substring(prefix.length()));
  }

  /**
   * UTF-8 of the server encoded as we would, so that it is understood. ASCII that we would write in
   * another way stays, and is then no name that we can use.
   */
  private static String encoded(String name) {
    boolean isAscii = name.chars().allMatch(c -> c < 0x80);
    return isAscii ? name : ModifiedUtf7.encode(ModifiedUtf7.decode(name));
  }

  private List<String> segments(String visible) {
    if (delimiter.isEmpty()) {
      return List.of(visible);
    }
    List<String> segments = new ArrayList<>();
    int start = 0;
    int end = visible.indexOf(delimiter);
    while (end >= 0) {
      segments.add(visible.substring(start, end));
      start = end + delimiter.length();
      end = visible.indexOf(delimiter, start);
    }
    segments.add(visible.substring(start));
    return segments;
  }
}

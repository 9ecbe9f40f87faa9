// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.folder;

import dev.mailbox.FolderPath;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.imap.internal.grammar.ModifiedUtf7;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Between the paths of folders and the names that a server has for them. Immutable.
 *
 * <p>No two names have the same path, and no two paths the same name; what this says of a name
 * depends on nothing but the name, so a folder keeps its path when others come and go. The one
 * exception is {@link #knowing}.
 *
 * <p>Where the personal namespace has a prefix (RFC 2342), the folders in it are shown without it:
 * {@code INBOX.Work} is {@code Work} if the prefix is {@code INBOX.}. Any other folder, and the few
 * whose plain path is another's, is shown by its full name with the server's delimiter before it,
 * as file systems mark an absolute path: {@code shared.Team} is {@code .shared/Team}. A delimiter
 * cannot stand within a level, so no other folder can be called that.
 *
 * <p>{@code INBOX}, in any case, is the inbox everywhere. A folder {@code INBOX/x} is the server's
 * {@code INBOX/x}, or with a prefix in the inbox, {@code INBOX.INBOX.x}.
 */
public final class FolderNames {
  private static final String INBOX = "INBOX";

  /** Empty if the server has no levels; else one character. */
  private final String delimiter;

  private final String prefix;

  /** Names that {@link #canonical} would not make, by their paths. */
  private final Map<FolderPath, String> odd;

  private FolderNames(String delimiter, String prefix, Map<FolderPath, String> odd) {
    this.delimiter = delimiter;
    this.prefix = prefix;
    this.odd = Map.copyOf(odd);
  }

  /** For a server without a hierarchy, whose delimiter is NIL. */
  public static FolderNames flat() {
    return new FolderNames("", "", Map.of());
  }

  /**
   * For a server with a hierarchy.
   *
   * @param delimiter what stands between levels
   * @param prefix what the names of the user's own folders begin with, as the server writes it;
   *     often empty
   */
  public static FolderNames of(char delimiter, String prefix) {
    return new FolderNames(String.valueOf(delimiter), prefix, Map.of());
  }

  /**
   * The same, knowing what the server lists: a folder whose name is not written in the one right
   * way (UTF-8 where it was not agreed on, a bare {@code &}, {@code Inbox/x}) has the path that its
   * name reads as, unless that is the path of another one. Of several such names with the same path
   * the first in the order of their characters has it. The folders below it go with it.
   */
  public FolderNames knowing(Collection<String> listed) {
    FolderNames plain = new FolderNames(delimiter, prefix, Map.of());
    Set<FolderPath> taken = new HashSet<>();
    taken.add(FolderPath.INBOX);
    Set<String> rest = new TreeSet<>();
    for (String name : listed) {
      plain.path(name).ifPresentOrElse(path -> addWithParents(path, taken), () -> rest.add(name));
    }
    Map<FolderPath, String> found = new HashMap<>();
    for (String name : rest) {
      Optional<FolderPath> path = plain.read(name).filter(p -> plain.refusal(p).isEmpty());
      path.filter(taken::add).ifPresent(p -> found.put(p, name));
    }
    return new FolderNames(delimiter, prefix, found);
  }

  private static void addWithParents(FolderPath path, Set<FolderPath> paths) {
    List<String> segments = path.segments();
    for (int i = segments.size(); i > 0; i--) {
      paths.add(new FolderPath(segments.subList(0, i)));
    }
  }

  /**
   * The path of a folder of the server; empty if it has none, because its name has an empty level,
   * one that is too long, control characters, bytes that were not text, or is another way to write
   * the name of another folder.
   */
  public Optional<FolderPath> path(String name) {
    if (name.equalsIgnoreCase(INBOX)) {
      return Optional.of(FolderPath.INBOX);
    }
    return read(name).filter(path -> refusal(path).isEmpty() && write(path).equals(name));
  }

  /**
   * The server's name for a folder, which need not exist.
   *
   * @throws RejectedException if the server cannot have such a folder
   */
  public String name(FolderPath path) {
    Optional<String> refusal = refusal(path);
    if (refusal.isPresent()) {
      throw impossible(path, refusal.get());
    }
    String name = write(path);
    if (!read(name).equals(Optional.of(path))) {
      throw impossible(path, "its name would be that of another one");
    }
    return name;
  }

  private static RejectedException impossible(FolderPath path, String why) {
    String message = "the server cannot have a folder " + path + ": " + why;
    return new RejectedException(Reason.IMPOSSIBLE, message, null, List.of());
  }

  /** The path that a name reads as. */
  private Optional<FolderPath> read(String name) {
    if (name.equalsIgnoreCase(INBOX)) {
      return Optional.of(FolderPath.INBOX);
    }
    if (name.indexOf('\uFFFD') >= 0) {
      // Bytes that were not UTF-8 cannot be sent back.
      return Optional.empty();
    }
    List<String> segments = new ArrayList<>();
    levels(withUsualInbox(name)).forEach(level -> segments.add(ModifiedUtf7.decode(level)));
    try {
      return Optional.of(new FolderPath(segments));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The name with its first level, if that is the inbox, in the case that this writes. */
  private String withUsualInbox(String name) {
    String inbox = isPrefixInInbox() ? prefix.substring(0, INBOX.length()) : INBOX;
    return isBelowInbox(name) ? inbox + name.substring(INBOX.length()) : name;
  }

  private boolean isBelowInbox(String name) {
    String start = INBOX + delimiter;
    return !delimiter.isEmpty() && name.regionMatches(true, 0, start, 0, start.length());
  }

  private boolean isPrefixInInbox() {
    return isBelowInbox(prefix);
  }

  /** The levels of a path, still encoded. */
  private List<String> levels(String name) {
    boolean within = name.startsWith(prefix);
    List<String> levels = split(within ? name.substring(prefix.length()) : name);
    boolean plain = within;
    if (levels.get(0).equalsIgnoreCase(INBOX)) {
      plain = levels.size() > 1 && (prefix.isEmpty() || within == isPrefixInInbox());
    }
    return plain ? levels : split(delimiter + name, delimiter.length());
  }

  private List<String> split(String name) {
    return split(name, 0);
  }

  /** Cuts at the delimiters from an index on. */
  private List<String> split(String name, int from) {
    List<String> levels = new ArrayList<>();
    int start = 0;
    int end = delimiter.isEmpty() ? -1 : name.indexOf(delimiter, from);
    while (end >= 0) {
      levels.add(name.substring(start, end));
      start = end + 1;
      end = name.indexOf(delimiter, start);
    }
    levels.add(name.substring(start));
    return levels;
  }

  /** The name of a path that {@link #refusal} does not refuse. */
  private String write(FolderPath path) {
    List<String> segments = path.segments();
    for (int i = odd.isEmpty() ? 0 : segments.size(); i > 0; i--) {
      String known = odd.get(new FolderPath(segments.subList(0, i)));
      if (known != null) {
        return join(known, segments.subList(i, segments.size()));
      }
    }
    return canonical(path);
  }

  private String canonical(FolderPath path) {
    if (path.equals(FolderPath.INBOX)) {
      return INBOX;
    }
    List<String> segments = path.segments();
    String first = segments.get(0);
    List<String> rest = segments.subList(1, segments.size());
    if (isFullName(first)) {
      return join(ModifiedUtf7.encode(first.substring(1)), rest);
    }
    boolean prefixed = !first.equals(INBOX) || isPrefixInInbox();
    return join((prefixed ? prefix : "") + ModifiedUtf7.encode(first), rest);
  }

  private String join(String start, List<String> segments) {
    StringBuilder name = new StringBuilder(start);
    segments.forEach(segment -> name.append(delimiter).append(ModifiedUtf7.encode(segment)));
    return name.toString();
  }

  /** Whether a first segment begins a full name instead of one in the namespace. */
  private boolean isFullName(String first) {
    return !prefix.isEmpty() && first.length() > 1 && first.startsWith(delimiter);
  }

  /** Why the server can have no folder with that path. */
  private Optional<String> refusal(FolderPath path) {
    List<String> segments = new ArrayList<>(path.segments());
    if (isFullName(segments.get(0))) {
      segments.set(0, segments.get(0).substring(1));
    }
    if (delimiter.isEmpty()) {
      return segments.size() > 1 ? Optional.of("it has no folders in folders") : Optional.empty();
    }
    for (String segment : segments) {
      if (segment.contains(delimiter)) {
        return Optional.of("it takes " + delimiter + " for what stands between levels");
      }
    }
    return Optional.empty();
  }
}

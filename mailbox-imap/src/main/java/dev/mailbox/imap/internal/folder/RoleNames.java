// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.folder;

import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds out what folders are for: from what the server says (RFC 6154, and XLIST, which came before
 * it), or where it says nothing of any folder, from their names.
 *
 * <p>A folder has one role and a role one folder. Of several folders the one with the more usual
 * name has it, then the one nearer to the top, then the first in the order of their paths. Names
 * count only at the top and right below the inbox, and never tell of a folder of all or of flagged
 * messages: mail would be missed if a plain folder were taken for one of those.
 */
public final class RoleNames {
  private static final Map<String, FolderRole> SPECIAL_USE =
      Map.of(
          "\\all", FolderRole.ALL,
          "\\archive", FolderRole.ARCHIVE,
          "\\drafts", FolderRole.DRAFTS,
          "\\flagged", FolderRole.FLAGGED,
          "\\junk", FolderRole.JUNK,
          "\\sent", FolderRole.SENT,
          "\\trash", FolderRole.TRASH);

  /** What XLIST calls differently; it also has {@code \Inbox} and {@code \Important}. */
  private static final Map<String, FolderRole> XLIST =
      Map.of(
          "\\allmail", FolderRole.ALL,
          "\\spam", FolderRole.JUNK,
          "\\starred", FolderRole.FLAGGED);

  private static final Set<String> NO_MESSAGES = Set.of("\\noselect", "\\nonexistent");

  /**
   * A folder as the server lists it.
   *
   * @param path its path
   * @param attributes its attributes, with their backslashes, in any case
   */
  public record Listed(FolderPath path, Set<String> attributes) {
    /** Brings the attributes into lower case. */
    public Listed {
      attributes =
          attributes.stream()
              .map(attribute -> attribute.toLowerCase(Locale.ROOT))
              .collect(Collectors.toUnmodifiableSet());
    }
  }

  /** A claim of a folder to a role; the smallest wins. */
  private record Claim(FolderPath path, FolderRole role, int rank) {
    static final Comparator<Claim> ORDER =
        Comparator.comparingInt(Claim::rank)
            .thenComparing(claim -> claim.path.segments().size())
            .thenComparing(claim -> claim.path.toString());
  }

  private RoleNames() {}

  /** The roles of those folders that have one. */
  public static Map<FolderPath, FolderRole> assign(List<Listed> listed) {
    boolean told = listed.stream().anyMatch(folder -> byAttribute(folder).isPresent());
    Map<FolderRole, Claim> winners = new EnumMap<>(FolderRole.class);
    for (Listed folder : listed) {
      claim(folder, told)
          .ifPresent(
              claim ->
                  winners.merge(
                      claim.role(), claim, (a, b) -> Claim.ORDER.compare(a, b) <= 0 ? a : b));
    }
    Map<FolderPath, FolderRole> roles = new HashMap<>();
    winners.forEach((role, claim) -> roles.put(claim.path(), role));
    return roles;
  }

  private static Optional<Claim> claim(Listed folder, boolean told) {
    if (folder.path().equals(FolderPath.INBOX)) {
      return Optional.of(new Claim(folder.path(), FolderRole.INBOX, 0));
    } else if (folder.attributes().stream().anyMatch(NO_MESSAGES::contains)) {
      return Optional.empty();
    }
    return told ? byAttribute(folder) : byName(folder.path());
  }

  /** Of several attributes, that of the first role counts. */
  private static Optional<Claim> byAttribute(Listed folder) {
    return folder.attributes().stream()
        .flatMap(attribute -> byAttribute(folder.path(), attribute).stream())
        .min(Comparator.comparing(Claim::role).thenComparing(Claim.ORDER));
  }

  private static Optional<Claim> byAttribute(FolderPath path, String attribute) {
    FolderRole standard = SPECIAL_USE.get(attribute);
    if (standard != null) {
      return Optional.of(new Claim(path, standard, 0));
    }
    return Optional.ofNullable(XLIST.get(attribute)).map(role -> new Claim(path, role, 1));
  }

  private static Optional<Claim> byName(FolderPath path) {
    boolean inInbox = path.segments().size() == 2 && path.isWithin(FolderPath.INBOX);
    if (path.segments().size() > 1 && !inInbox) {
      return Optional.empty();
    }
    return UsualNames.find(path.name()).map(name -> new Claim(path, name.role(), name.rank()));
  }
}

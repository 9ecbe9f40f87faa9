// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.folder;

import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.RejectedException;
import dev.mailbox.imap.internal.command.ListFolders;
import dev.mailbox.imap.internal.command.Namespace;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.spi.ListedFolder;
import dev.mailbox.wire.WireException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** The folders of an account, and how the server writes their names. Safe for several threads. */
public final class Catalog {
  private final AtomicReference<FolderNames> names = new AtomicReference<>();
  private volatile boolean told;

  /** For an account that nothing is known of. */
  public Catalog() {}

  /** How the server writes names; asked once, and learned again with each listing. */
  public FolderNames names(ImapSession session) throws WireException {
    FolderNames known = names.get();
    if (known == null) {
      // Only a listing tells of names that are not written in the one right way.
      list(session, List.of());
      known = names.get();
    }
    if (known == null) {
      throw new IllegalStateException("a listing leaves names");
    }
    return known;
  }

  /** Whether the copy has been told of the folders since it was opened. */
  public boolean isTold() {
    return told;
  }

  /** Notes that the copy has been told of the folders. */
  public void told() {
    told = true;
  }

  private static FolderNames plain(ImapSession session) throws WireException {
    Namespace.Personal personal = Namespace.ask(session);
    return personal.delimiter().length() == 1
        ? FolderNames.of(personal.delimiter().charAt(0), personal.prefix())
        : FolderNames.flat();
  }

  /**
   * What a server lists.
   *
   * @param folders those that can hold messages
   * @param unnamed how many have names that cannot be names of folders here
   */
  public record Listing(List<ListedFolder> folders, int unnamed) {}

  /**
   * Asks for all folders, and once more for those that are known and were not listed: a listing
   * that was cut short must not look like one of an account whose folders are gone.
   */
  public Listing list(ImapSession session, Collection<FolderPath> known) throws WireException {
    FolderNames before = names.get();
    FolderNames plain = before == null ? plain(session) : before;
    List<ListFolders.Line> lines = new ArrayList<>(ListFolders.all(session));
    FolderNames mapping = plain.knowing(lines.stream().map(ListFolders.Line::name).toList());
    Set<FolderPath> missing = new LinkedHashSet<>(known);
    missing.remove(FolderPath.INBOX);
    for (ListFolders.Line line : lines) {
      mapping.path(line.name()).ifPresent(missing::remove);
    }
    for (FolderPath path : missing) {
      Optional<String> name = name(mapping, path);
      if (name.isPresent()) {
        ListFolders.named(session, name.get()).ifPresent(lines::add);
      }
    }
    mapping = plain.knowing(lines.stream().map(ListFolders.Line::name).toList());
    names.set(mapping);
    List<RoleNames.Listed> listed = new ArrayList<>();
    int unnamed = 0;
    for (ListFolders.Line line : lines) {
      if (line.isSelectable()) {
        Optional<FolderPath> path = mapping.path(line.name());
        if (path.isPresent()) {
          listed.add(new RoleNames.Listed(path.get(), line.attributes()));
        } else {
          unnamed++;
        }
      }
    }
    Map<FolderPath, FolderRole> roles = RoleNames.assign(listed);
    return new Listing(
        listed.stream()
            .map(RoleNames.Listed::path)
            .distinct()
            .map(path -> new ListedFolder(path, role(path, roles)))
            .toList(),
        unnamed);
  }

  private static Optional<String> name(FolderNames names, FolderPath path) {
    try {
      return Optional.of(names.name(path));
    } catch (RejectedException e) {
      return Optional.empty();
    }
  }

  private static Optional<FolderRole> role(FolderPath path, Map<FolderPath, FolderRole> roles) {
    return path.equals(FolderPath.INBOX)
        ? Optional.of(FolderRole.INBOX)
        : Optional.ofNullable(roles.get(path));
  }
}

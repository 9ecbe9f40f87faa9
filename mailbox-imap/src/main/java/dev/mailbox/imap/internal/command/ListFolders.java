// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.command;

import dev.mailbox.imap.internal.grammar.ResponseReader;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.session.Exchange;
import dev.mailbox.imap.internal.session.Failures;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.wire.Command;
import dev.mailbox.wire.Literals;
import dev.mailbox.wire.WireException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** LIST (RFC 9051 section 6.3.9). */
public final class ListFolders implements Exchange {
  /**
   * A line of the listing.
   *
   * @param name the folder's name as the server writes it
   * @param delimiter what separates the segments of names, or empty
   * @param attributes in lower case, with their backslashes
   */
  public record Line(String name, String delimiter, Set<String> attributes) {
    /** Whether it can hold messages. */
    public boolean isSelectable() {
      return !attributes.contains("\\noselect") && !attributes.contains("\\nonexistent");
    }
  }

  private static final int MOST = 100_000;
  private static final long MOST_CHARS = 16L << 20;

  private final String pattern;
  private final boolean specialUse;
  private final List<Line> lines = new ArrayList<>();
  private long chars;

  private ListFolders(String pattern, boolean specialUse) {
    this.pattern = pattern;
    this.specialUse = specialUse;
  }

  /**
   * All folders.
   *
   * @throws dev.mailbox.MailboxException if the server refuses
   */
  public static List<Line> all(ImapSession session) throws WireException {
    return ask(session, new ListFolders("*", session.capabilities().listsSpecialUse()));
  }

  /** Whether there is a folder of exactly that name. */
  public static boolean exists(ImapSession session, String name) throws WireException {
    return named(session, name).filter(Line::isSelectable).isPresent();
  }

  /** Whether there is a name like that, of a folder or only of what folders are in. */
  public static boolean has(ImapSession session, String name) throws WireException {
    return named(session, name)
        .filter(line -> !line.attributes().contains("\\nonexistent"))
        .isPresent();
  }

  /** The line of exactly that name, if there is one. */
  public static Optional<Line> named(ImapSession session, String name) throws WireException {
    boolean specialUse = session.capabilities().listsSpecialUse();
    return ask(session, new ListFolders(name, specialUse)).stream()
        .filter(line -> line.name().equals(name))
        .findFirst();
  }

  static String delimiter(ImapSession session) throws WireException {
    return ask(session, new ListFolders("", false)).stream()
        .findFirst()
        .map(Line::delimiter)
        .orElse("");
  }

  private static List<Line> ask(ImapSession session, ListFolders list) throws WireException {
    Status status = session.run(list);
    if (!status.isOk()) {
      throw Failures.command(session.connection(), "list folders", status);
    }
    return list.lines;
  }

  @Override
  public Command command(String tag, Literals literals) {
    Command.Builder builder =
        Command.tagged(tag, "LIST", literals).string("reference", "").string("pattern", pattern);
    if (specialUse) {
      builder.keyword("RETURN").open().keyword("SPECIAL-USE").close();
    }
    return builder.build();
  }

  @Override
  public boolean untagged(String name, ResponseReader in) throws WireException {
    if (!name.equals("LIST")) {
      return false;
    }
    Set<String> attributes =
        new HashSet<>(List.of(in.list().toLowerCase(Locale.ROOT).strip().split(" +", -1)));
    in.spaces();
    String delimiter = in.string();
    in.spaces();
    String folder = in.string();
    in.skipRest();
    chars += folder.length() + delimiter.length();
    attributes.forEach(attribute -> chars += attribute.length());
    if (lines.size() == MOST || chars > MOST_CHARS) {
      throw in.garbled("folders are listed without end");
    }
    lines.add(new Line(folder, delimiter, attributes));
    return true;
  }

  @Override
  public void done(Status status) {}
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** LIST and LSUB (RFC 3501, sections 6.3.8 and 6.3.9; options of RFC 5258, 5819 and 6154). */
final class ListCommand {
  private ListCommand() {}

  static String list(SessionState session, Arguments arguments, ImapReply reply) throws Refusal {
    List<String> selection = new ArrayList<>();
    if (extended(session) && arguments.nextIsList()) {
      Arguments options = arguments.list();
      while (options.hasNext()) {
        selection.add(options.keyword());
      }
    }
    String reference = arguments.folder();
    List<String> patterns = patterns(session, arguments);
    Arguments status = returned(session, arguments);
    arguments.end();
    if (patterns.equals(List.of(""))) {
      reply.text("* LIST (\\Noselect) ").string("" + session.account().delimiter());
      reply.line(" \"\"");
      return "that is the root";
    }
    Predicate<String> wanted = matching(session, reference, patterns);
    for (StoredFolder folder : session.account().folders()) {
      if (wanted.test(folder.name()) && isSelected(session, folder, selection)) {
        tell(session, folder, reply);
        if (status != null && folder.isSelectable()) {
          SelectCommands.tellStatus(folder, status.again(), reply);
        }
      }
    }
    return "that is all";
  }

  static String lsub(SessionState session, Arguments arguments, ImapReply reply) throws Refusal {
    String reference = arguments.folder();
    Predicate<String> wanted = matching(session, reference, patterns(session, arguments));
    arguments.end();
    for (String name : session.account().subscribed()) {
      if (wanted.test(name)) {
        reply.text("* LSUB () ").string("" + session.account().delimiter()).text(" ");
        reply.string(FolderNames.encode(name)).line("");
      }
    }
    return "that is all";
  }

  private static List<String> patterns(SessionState session, Arguments arguments) throws Refusal {
    if (!extended(session) || !arguments.nextIsList()) {
      return List.of(FolderNames.decode(arguments.pattern()));
    }
    List<String> patterns = new ArrayList<>();
    for (Arguments list = arguments.list(); list.hasNext(); ) {
      patterns.add(FolderNames.decode(list.pattern()));
    }
    return patterns;
  }

  /** Reads the options after RETURN; gives the items of STATUS, if they are wanted. */
  private static @Nullable Arguments returned(SessionState session, Arguments arguments)
      throws Refusal {
    if (!extended(session) || !arguments.nextIsAtom("RETURN")) {
      return null;
    }
    String unused = arguments.keyword();
    Arguments status = null;
    for (Arguments options = arguments.list(); options.hasNext(); ) {
      String option = options.keyword();
      switch (option) {
        case "SPECIAL-USE", "CHILDREN", "SUBSCRIBED" -> {}
        case "STATUS" -> {
          if (!session.server().offers("LIST-STATUS")) {
            throw Refusal.bad("STATUS is not known here");
          }
          status = options.list();
        }
        default -> throw Refusal.bad("nothing that LIST returns: " + option);
      }
    }
    return status;
  }

  private static boolean extended(SessionState session) {
    return session.server().offers("LIST-EXTENDED") || session.server().offers("SPECIAL-USE");
  }

  private static boolean isSelected(
      SessionState session, StoredFolder folder, List<String> selection) throws Refusal {
    for (String option : selection) {
      boolean holds =
          switch (option) {
            case "SPECIAL-USE" -> !folder.attributes().isEmpty();
            case "SUBSCRIBED" -> session.account().subscribed().contains(folder.name());
            default -> throw Refusal.bad("nothing that LIST selects by: " + option);
          };
      if (!holds) {
        return false;
      }
    }
    return true;
  }

  private static Predicate<String> matching(
      SessionState session, String reference, List<String> patterns) {
    char delimiter = session.account().delimiter();
    String notDelimiter = "[^" + Pattern.quote("" + delimiter) + "]*";
    Predicate<String> any = name -> false;
    for (String pattern : patterns) {
      String whole = FolderNames.canonical(reference + pattern, delimiter);
      var regex = new StringBuilder();
      for (int i = 0; i < whole.length(); i++) {
        char each = whole.charAt(i);
        regex.append(each == '*' ? ".*" : each == '%' ? notDelimiter : Pattern.quote("" + each));
      }
      any = any.or(Pattern.compile(regex.toString(), Pattern.DOTALL).asMatchPredicate());
    }
    return any;
  }

  private static void tell(SessionState session, StoredFolder folder, ImapReply reply) {
    List<String> attributes = new ArrayList<>();
    if (!folder.isSelectable()) {
      attributes.add("\\Noselect");
    }
    if (session.server().offers("CHILDREN")) {
      boolean children = session.account().hasChildren(folder.name());
      attributes.add(children ? "\\HasChildren" : "\\HasNoChildren");
    }
    if (session.server().offers("SPECIAL-USE")) {
      attributes.addAll(folder.attributes());
    }
    reply.text("* LIST (" + String.join(" ", attributes) + ") ");
    reply.string("" + session.account().delimiter()).text(" ");
    reply.string(FolderNames.encode(folder.name())).line("");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.internal.store.Account;
import dev.mailbox.testkit.internal.store.Refusal;
import dev.mailbox.testkit.internal.store.StoredFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** LIST and LSUB (RFC 3501, sections 6.3.8 and 6.3.9; options of RFC 5258, 5819 and 6154). */
final class ListCommand {
  private final SessionState session;
  private final Account account;
  private final ImapReply reply;

  private ListCommand(SessionState session, ImapReply reply) {
    this.session = session;
    this.account = session.account();
    this.reply = reply;
  }

  static String list(SessionState session, Arguments arguments, ImapReply reply) throws Refusal {
    return new ListCommand(session, reply).run(arguments);
  }

  static String lsub(SessionState session, Arguments arguments, ImapReply reply) throws Refusal {
    return new ListCommand(session, reply).runLsub(arguments);
  }

  private String run(Arguments arguments) throws Refusal {
    boolean extended = ListOptions.areKnown(session.server());
    boolean isSelecting = extended && arguments.nextIsList();
    Set<String> selection =
        isSelecting ? ListOptions.selection(arguments.list(), session.server()) : Set.of();
    String reference = arguments.folder();
    boolean usual = !isSelecting && !arguments.nextIsList();
    List<String> patterns = patterns(arguments, extended);
    usual &= !arguments.hasNext();
    ListOptions options = ListOptions.parse(session.server(), selection, arguments, extended);
    arguments.end();
    if (usual && patterns.equals(List.of(""))) {
      reply.text("* LIST (\\Noselect) ").string("" + account.delimiter()).line(" \"\"");
      return "that is the root";
    }
    Predicate<String> wanted = matching(reference, patterns);
    for (String name : names(options)) {
      boolean selected = wanted.test(name) && isSelected(name, options);
      boolean above =
          options.isRecursive() && wanted.test(name) && hasSubscribedBelow(name, wanted);
      if (selected || above) {
        tell(name, options, above);
        var folder = account.find(name).filter(StoredFolder::isSelectable);
        Arguments status = options.status();
        if (status != null && folder.isPresent()) {
          StatusCommand.tell(session, folder.get(), status.again(), reply);
        }
      }
    }
    return "that is all";
  }

  private String runLsub(Arguments arguments) throws Refusal {
    String reference = arguments.folder();
    String pattern = arguments.folderPattern();
    arguments.end();
    Predicate<String> wanted = matching(reference, List.of(pattern));
    for (String name : account.subscribed()) {
      if (wanted.test(name)) {
        tellLine("LSUB", account.find(name).isPresent() ? "" : "\\NoSelect", name);
      } else {
        tellAbove(name, wanted, pattern);
      }
    }
    return "that is all";
  }

  /** RFC 3501, section 6.3.9: with {@code %}, what is above stands for what is below. */
  private void tellAbove(String name, Predicate<String> wanted, String pattern) {
    int at = name.lastIndexOf(account.delimiter());
    String above = at < 0 ? "" : name.substring(0, at);
    if (pattern.contains("%") && wanted.test(above) && !account.subscribed().contains(above)) {
      tellLine("LSUB", "\\NoSelect", above);
    }
  }

  private Set<String> names(ListOptions options) {
    Set<String> names = new TreeSet<>();
    account.folders().forEach(folder -> names.add(folder.name()));
    if (options.selects("SUBSCRIBED")) {
      names.addAll(account.subscribed());
    }
    return names;
  }

  private static List<String> patterns(Arguments arguments, boolean extended) throws Refusal {
    if (!extended || !arguments.nextIsList()) {
      return List.of(arguments.folderPattern());
    }
    List<String> patterns = new ArrayList<>();
    Arguments list = arguments.list();
    do {
      patterns.add(list.folderPattern());
    } while (list.hasNext());
    return patterns;
  }

  private boolean isSelected(String name, ListOptions options) {
    boolean special =
        account.find(name).filter(folder -> !folder.attributes().isEmpty()).isPresent();
    return (!options.selects("SUBSCRIBED") || account.subscribed().contains(name))
        && (!options.selects("SPECIAL-USE") || special);
  }

  /** Below it, and not listed for itself. */
  private boolean hasSubscribedBelow(String name, Predicate<String> wanted) {
    String prefix = name + account.delimiter();
    return account.subscribed().stream()
        .anyMatch(other -> other.startsWith(prefix) && !wanted.test(other));
  }

  private Predicate<String> matching(String reference, List<String> patterns) {
    String notDelimiter = "[^" + Pattern.quote("" + account.delimiter()) + "]*";
    Predicate<String> any = name -> false;
    for (String pattern : patterns) {
      String whole = account.canonical(reference + pattern);
      var regex = new StringBuilder();
      for (int i = 0; i < whole.length(); i++) {
        char each = whole.charAt(i);
        regex.append(each == '*' ? ".*" : each == '%' ? notDelimiter : Pattern.quote("" + each));
      }
      Pattern exact = Pattern.compile(regex.toString(), Pattern.DOTALL);
      Pattern inbox = Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE);
      any = any.or(name -> (name.equals("INBOX") ? inbox : exact).matcher(name).matches());
    }
    return any;
  }

  private void tell(String name, ListOptions options, boolean subscribedBelow) {
    List<String> attributes = new ArrayList<>();
    var folder = account.find(name);
    if (folder.isEmpty()) {
      attributes.add("\\NonExistent");
    } else if (!folder.get().isSelectable()) {
      attributes.add("\\Noselect");
    }
    if (session.server().offers("CHILDREN") || options.returns("CHILDREN")) {
      attributes.add(account.hasChildren(name) ? "\\HasChildren" : "\\HasNoChildren");
    }
    if (session.server().has(Quirk.INBOX_NOINFERIORS) && name.equals("INBOX")) {
      attributes.add("\\Noinferiors");
    }
    if (options.returns("SUBSCRIBED") && account.subscribed().contains(name)) {
      attributes.add("\\Subscribed");
    }
    if (session.server().offers("SPECIAL-USE")) {
      folder.ifPresent(f -> attributes.addAll(uses(f)));
    }
    reply.text("* LIST (" + String.join(" ", attributes) + ") ");
    reply.string("" + account.delimiter()).text(" " + FolderNames.quoted(shown(name), session));
    reply.line(subscribedBelow ? " (\"CHILDINFO\" (\"SUBSCRIBED\"))" : "");
  }

  private void tellLine(String response, String attributes, String name) {
    reply.text("* " + response + " (" + attributes + ") ").string("" + account.delimiter());
    reply.line(" " + FolderNames.quoted(shown(name), session));
  }

  private Set<String> uses(StoredFolder folder) {
    Set<String> uses = new TreeSet<>();
    boolean lower = session.server().has(Quirk.LOWER_CASE_USES);
    folder.attributes().forEach(use -> uses.add(lower ? use.toLowerCase(Locale.ROOT) : use));
    return uses;
  }

  private String shown(String name) {
    boolean mixed = session.server().has(Quirk.INBOX_IN_MIXED_CASE) && name.equals("INBOX");
    return mixed ? "Inbox" : name;
  }
}

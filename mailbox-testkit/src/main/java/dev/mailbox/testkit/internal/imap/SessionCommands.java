// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.imap.ImapValue;
import dev.mailbox.testkit.internal.imap.SessionState.Due;
import dev.mailbox.testkit.internal.imap.SessionState.Enabled;
import dev.mailbox.testkit.internal.store.Account;
import dev.mailbox.testkit.internal.store.Refusal;
import dev.mailbox.testkit.internal.words.ImapPhrase;
import dev.mailbox.testkit.internal.words.Wording;
import java.util.ArrayList;
import java.util.List;

/** The greeting, and commands that concern no folder (RFC 3501, section 6.1, and extensions). */
final class SessionCommands {
  private SessionCommands() {}

  static String greet(SessionState session, Arguments arguments, ImapReply reply) throws Refusal {
    Wording wording = session.server().wording();
    String text = wording.say(ImapPhrase.GREETING, "capabilities", capabilities(session));
    Account preauth = session.server().preauth();
    if (preauth != null) {
      String unused = session.logIn(preauth, new ImapReply());
      reply.line("* PREAUTH " + text);
    } else {
      reply.line("* OK " + text);
    }
    return SessionState.UNTAGGED;
  }

  static String capability(SessionState session, Arguments arguments, ImapReply reply)
      throws Refusal {
    arguments.end();
    reply.line("* CAPABILITY " + capabilities(session));
    return "that is all";
  }

  static String nothing(SessionState session, Arguments arguments, ImapReply reply) throws Refusal {
    arguments.end();
    return "nothing done";
  }

  static String logout(SessionState session, Arguments arguments, ImapReply reply) throws Refusal {
    arguments.end();
    Wording wording = session.server().wording();
    reply.line(("* BYE " + wording.of(ImapPhrase.BYE)).stripTrailing());
    session.select(null);
    session.close();
    return wording.of(ImapPhrase.LOGGED_OUT);
  }

  static String id(SessionState session, Arguments arguments, ImapReply reply) throws Refusal {
    if (arguments.nextIsList()) {
      Arguments pairs = arguments.list();
      while (pairs.hasNext()) {
        String unused = pairs.strictString();
        ImapValue value = pairs.take();
        if (value instanceof ImapValue.Atom && !value.text().equalsIgnoreCase("NIL")) {
          throw Refusal.violation("a value of ID without quotes: " + value);
        }
      }
    } else if (!arguments.keyword().equals("NIL")) {
      throw Refusal.violation("ID takes a list or NIL");
    }
    arguments.end();
    reply.line("* ID " + session.server().wording().of(ImapPhrase.ID));
    return "pleased to meet you";
  }

  /** RFC 5161; QRESYNC brings CONDSTORE with it (RFC 7162, section 3.2.3). */
  static String enable(SessionState session, Arguments arguments, ImapReply reply) throws Refusal {
    List<String> known = new ArrayList<>();
    do {
      String name = arguments.keyword();
      boolean offered = session.server().offers(name);
      switch (name) {
        case "CONDSTORE" -> enable(session, Enabled.CONDSTORE, offered, known);
        case "QRESYNC" -> {
          enable(session, Enabled.QRESYNC, offered, known);
          enable(session, Enabled.CONDSTORE, offered, new ArrayList<>());
        }
        case "UTF8=ACCEPT" -> enable(session, Enabled.UTF8, offered, known);
        default -> {}
      }
    } while (arguments.hasNext());
    if (session.server().has(Quirk.ENABLE_TELLS_NOTHING)) {
      known.clear();
    }
    reply.line(known.isEmpty() ? "* ENABLED" : "* ENABLED " + String.join(" ", known));
    return known.isEmpty() ? "nothing of that is known" : "enabled";
  }

  private static void enable(
      SessionState session, Enabled extension, boolean offered, List<String> known) {
    String name = extension == Enabled.UTF8 ? "UTF8=ACCEPT" : extension.name();
    if (offered) {
      session.enable(extension);
    }
    if (offered && !known.contains(name)) {
      known.add(name);
    }
  }

  static String namespace(SessionState session, Arguments arguments, ImapReply reply)
      throws Refusal {
    arguments.end();
    String prefix = session.account().namespace();
    char delimiter = session.account().delimiter();
    reply.text("* NAMESPACE ((").text(FolderNames.quoted(prefix, session)).text(" ");
    reply.string("" + delimiter).line(")) NIL NIL");
    return "that is all";
  }

  static String idle(SessionState session, Arguments arguments, ImapReply reply) throws Refusal {
    arguments.end();
    session.due(Due.IDLE);
    reply.line("+ " + session.server().wording().of(ImapPhrase.IDLING));
    return SessionState.UNTAGGED;
  }

  /** RFC 4978: what follows the tagged OK is compressed, in both directions. */
  static String compress(SessionState session, Arguments arguments, ImapReply reply)
      throws Refusal {
    String mechanism = arguments.keyword();
    arguments.end();
    if (!mechanism.equals("DEFLATE")) {
      throw Refusal.violation("nothing that compresses: " + mechanism);
    }
    if (session.connection().isDeflated()) {
      throw Refusal.no("[COMPRESSIONACTIVE] it is compressed already");
    }
    session.due(Due.COMPRESS);
    return "compressed from here on";
  }

  private static String capabilities(SessionState session) {
    return session.server().capabilities(session.connection(), session.isLoggedIn());
  }
}

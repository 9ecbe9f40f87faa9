// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.imap;

/** The greeting, and commands that concern no folder (RFC 3501, section 6.1, and extensions). */
final class SessionCommands {
  private SessionCommands() {}

  static String greet(SessionState session, Arguments arguments, ImapReply reply) throws Refusal {
    String code = "[CAPABILITY " + capabilities(session) + "] testkit ready";
    if (session.server().isPreauth()) {
      String unused = session.logIn();
      reply.line("* PREAUTH " + code);
    } else {
      reply.line("* OK " + code);
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
    reply.line("* BYE see you");
    session.select(null);
    session.close();
    return "bye";
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
    reply.line("* ID (\"name\" \"testkit\")");
    return "pleased to meet you";
  }

  static String enable(SessionState session, Arguments arguments, ImapReply reply) throws Refusal {
    do {
      String unused = arguments.keyword();
    } while (arguments.hasNext());
    reply.line("* ENABLED");
    return "nothing of that is known";
  }

  static String namespace(SessionState session, Arguments arguments, ImapReply reply)
      throws Refusal {
    arguments.end();
    String prefix = FolderNames.encode(session.server().namespace());
    char delimiter = session.account().delimiter();
    reply.text("* NAMESPACE ((").string(prefix).text(" ").string("" + delimiter);
    reply.line(")) NIL NIL");
    return "that is all";
  }

  static String idle(SessionState session, Arguments arguments, ImapReply reply) throws Refusal {
    arguments.end();
    session.idle();
    reply.line("+ idling");
    return SessionState.UNTAGGED;
  }

  private static String capabilities(SessionState session) {
    return session.server().capabilities(!session.connection().isTls());
  }
}

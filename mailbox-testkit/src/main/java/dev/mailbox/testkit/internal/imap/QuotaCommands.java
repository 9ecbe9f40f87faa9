// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.internal.store.Account;
import dev.mailbox.testkit.internal.store.Refusal;

/** QUOTA (RFC 9208): one root, with the name of no characters, for all folders of an account. */
final class QuotaCommands {
  private static final int UNIT = 1024;

  private QuotaCommands() {}

  static String quotaRoot(SessionState session, Arguments arguments, ImapReply reply)
      throws Refusal {
    String name = arguments.folder();
    arguments.end();
    if (session.account().find(name).isEmpty()) {
      throw Account.missing(name);
    }
    reply.text("* QUOTAROOT " + FolderNames.quoted(name, session));
    if (isLimited(session)) {
      reply.text(" \"\"");
    }
    reply.line("");
    tell(session, reply);
    return "that is all";
  }

  static String quota(SessionState session, Arguments arguments, ImapReply reply) throws Refusal {
    String root = arguments.string();
    arguments.end();
    if (!root.isEmpty() || !isLimited(session)) {
      throw Refusal.no("[NONEXISTENT] there is no such root");
    }
    tell(session, reply);
    return "that is all";
  }

  /** Limits are set by the test. */
  static String setQuota(SessionState session, Arguments arguments, ImapReply reply)
      throws Refusal {
    String unusedRoot = arguments.string();
    Arguments unusedLimits = arguments.list();
    arguments.end();
    throw Refusal.no("[NOPERM] clients do not set limits");
  }

  private static void tell(SessionState session, ImapReply reply) {
    if (isLimited(session)) {
      long used = (session.account().size() + UNIT - 1) / UNIT;
      reply.line("* QUOTA \"\" (STORAGE " + used + " " + session.account().quota() / UNIT + ")");
    }
  }

  private static boolean isLimited(SessionState session) {
    return session.account().quota() != Long.MAX_VALUE;
  }
}

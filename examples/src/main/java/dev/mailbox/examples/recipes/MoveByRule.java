// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.recipes;

import static dev.mailbox.search.Query.unread;

import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.Outcome;
import dev.mailbox.search.Query;
import dev.mailbox.search.SearchResult;
import java.util.List;

/**
 * Files unread mail away by rules: with IMAP on the server, so that other devices see it, with POP3
 * here.
 */
public final class MoveByRule {
  private MoveByRule() {}

  /**
   * Where mail of a kind goes.
   *
   * @param kind what it is known by
   * @param folder the folder, which is made if it is missing
   */
  public record Rule(Query kind, FolderPath folder) {}

  /**
   * Applies the rules in turn; the first that fits a message moves it.
   *
   * @return whether the server has it all: if not, what is missing is queued
   */
  public static boolean run(Mailbox mailbox, List<Rule> rules) {
    mailbox.inbox().sync();
    boolean done = true;
    for (Rule rule : rules) {
      mailbox.createFolder(rule.folder());
      SearchResult found = mailbox.inbox().search(unread().and(rule.kind()));
      done &= found.moveTo(rule.folder()) != Outcome.QUEUED;
    }
    return done;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

/**
 * The habits of a provider or a server: what it offers over IMAP and POP3, whom it lets in, which
 * folders there are and how they are named, in what words it speaks, and where it does otherwise
 * than the RFCs say. What a server offers beyond what {@link FakeMailServer} can do is left out;
 * what it says that is not known is said in neutral words. {@code docs/testing.md} has it all in a
 * table.
 *
 * <p>The providers ({@link #GMAIL}, {@link #OUTLOOK}, {@link #YAHOO}, {@link #ICLOUD}) let nobody
 * in before TLS, unless {@link FakeMailServer.Builder#clearTextLogins} says so.
 */
public enum Profile {
  /** All that the fake can do, by the letter of the RFCs. */
  COMPLETE,
  /**
   * Labels for folders: each message is in {@code [Gmail]/All Mail} too, with the same flags but
   * for {@code \Deleted}, which holds in one folder; what is flagged is in {@code [Gmail]/Starred}.
   * An expunge takes it out of one folder only, and of {@code [Gmail]/All Mail} nothing, as is the
   * default there: to delete a message, move it to the trash. What goes to the trash or to spam
   * leaves all others. CONDSTORE without QRESYNC; mails of up to 35,651,584 bytes. LOGIN-DELAY is
   * listed and not kept.
   */
  GMAIL,
  /**
   * Only tokens, no passwords, unless {@link FakeMailServer.Builder#passwordLogins} says so; over
   * POP3 with XOAUTH2 in two lines. No CONDSTORE; folders such as {@code Deleted Items} without
   * SPECIAL-USE; sizes that are not those of what is sent; UIDLs that count.
   */
  OUTLOOK,
  /** No IDLE, as until 2025; the inbox is listed as {@code Inbox}. */
  YAHOO,
  /**
   * QRESYNC, but no MOVE; ENABLE says that nothing was enabled; nothing below the inbox. There is
   * no POP3 at iCloud, so that side has no habits.
   */
  ICLOUD,
  /** What Dovecot 2.3 offers. */
  DOVECOT,
  /**
   * What Cyrus 3.6 offers; special uses in lower case; refusals without codes; no lock of the
   * maildrop; UIDLs of UIDVALIDITY and UID.
   */
  CYRUS,
  /**
   * Folders below {@code INBOX.}; no LITERAL+, no UIDNEXT at SELECT, NO where BAD is due, without
   * codes; no lock of the maildrop. LOGIN-DELAY is listed and not kept.
   */
  COURIER,
  /** RFC 3501 and RFC 1939 without any extension or optional command but UIDL. */
  MINIMAL,
  /** As {@link #COMPLETE}, without UIDL. */
  NO_UIDL,
  /** As {@link #COMPLETE}, without CAPA. */
  NO_CAPA
}

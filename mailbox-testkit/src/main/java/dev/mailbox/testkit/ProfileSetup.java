// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import dev.mailbox.testkit.internal.imap.ImapEngine;
import dev.mailbox.testkit.internal.imap.Quirk;
import dev.mailbox.testkit.internal.pop3.Pop3Engine;
import dev.mailbox.testkit.internal.sasl.Mechanisms;
import dev.mailbox.testkit.internal.store.Accounts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Makes a server behave as its profile says. */
final class ProfileSetup {
  private static final long COMPLETE_LIMIT = 100_000_000;
  private static final long GMAIL_LIMIT = 35_651_584;
  private static final List<String> ALL_MECHANISMS =
      Stream.of(Mechanisms.FOR_PASSWORDS, Mechanisms.FOR_TOKENS).flatMap(List::stream).toList();

  private final Accounts accounts;
  private final ImapEngine imap;
  private final Pop3Engine pop3;

  ProfileSetup(Accounts accounts, ImapEngine imap, Pop3Engine pop3) {
    this.accounts = accounts;
    this.imap = imap;
    this.pop3 = pop3;
  }

  void apply(Profile profile) {
    complete();
    switch (profile) {
      case COMPLETE -> {}
      case GMAIL -> gmail();
      case OUTLOOK -> outlook();
      case YAHOO -> yahoo();
      case ICLOUD -> icloud();
      case DOVECOT -> dovecot();
      case CYRUS -> cyrus();
      case COURIER -> courier();
      case MINIMAL -> minimal();
      case NO_UIDL -> pop3.without(List.of("UIDL"));
      case NO_CAPA -> pop3.without(List.of("CAPA"));
    }
  }

  private void complete() {
    imap.capabilities(
        words(
            "IMAP4rev1 LITERAL+ SASL-IR ID ENABLE IDLE NAMESPACE CHILDREN SPECIAL-USE LIST-EXTENDED"
                + " LIST-STATUS STATUS=SIZE UIDPLUS MOVE UNSELECT ESEARCH SEARCHRES WITHIN SORT"
                + " SORT=DISPLAY ESORT THREAD=ORDEREDSUBJECT THREAD=REFERENCES THREAD=REFS"
                + " CONDSTORE QRESYNC COMPRESS=DEFLATE OBJECTID NOTIFY BINARY QUOTA UTF8=ACCEPT"
                + " MULTIAPPEND SAVEDATE PREVIEW X-GM-EXT-1 APPENDLIMIT="
                + COMPLETE_LIMIT));
    imap.appendLimit(COMPLETE_LIMIT);
    imap.mechanisms(ALL_MECHANISMS);
    pop3.capabilities(
        List.of(
            "TOP",
            "UIDL",
            "USER",
            "PIPELINING",
            "RESP-CODES",
            "AUTH-RESP-CODE",
            "EXPIRE NEVER",
            "LOGIN-DELAY 0",
            "UTF8",
            "LANG",
            "IMPLEMENTATION testkit"));
    pop3.apop(true);
    pop3.mechanisms(ALL_MECHANISMS);
    accounts.specialUses(
        Map.of(
            "Sent", "\\Sent",
            "Drafts", "\\Drafts",
            "Trash", "\\Trash",
            "Junk", "\\Junk",
            "Archive", "\\Archive"));
  }

  private void gmail() {
    imap.capabilities(
        words(
            "IMAP4rev1 SASL-IR UNSELECT IDLE NAMESPACE QUOTA ID CHILDREN X-GM-EXT-1 UIDPLUS"
                + " COMPRESS=DEFLATE ENABLE MOVE CONDSTORE ESEARCH UTF8=ACCEPT LIST-EXTENDED"
                + " LIST-STATUS LITERAL- SPECIAL-USE APPENDLIMIT="
                + GMAIL_LIMIT));
    imap.appendLimit(GMAIL_LIMIT);
    imap.mechanisms(words("XOAUTH2 PLAIN OAUTHBEARER"));
    pop3.capabilities(List.of("USER", "RESP-CODES", "EXPIRE 0", "LOGIN-DELAY 300", "TOP", "UIDL"));
    pop3.mechanisms(words("PLAIN XOAUTH2 OAUTHBEARER"));
    pop3.apop(false);
    accounts.specialUses(
        Map.of(
            "[Gmail]/All Mail", "\\All",
            "[Gmail]/Drafts", "\\Drafts",
            "[Gmail]/Sent Mail", "\\Sent",
            "[Gmail]/Spam", "\\Junk",
            "[Gmail]/Starred", "\\Flagged",
            "[Gmail]/Trash", "\\Trash"));
    accounts.labels("[Gmail]");
  }

  private void outlook() {
    imap.capabilities(
        words("IMAP4 IMAP4rev1 SASL-IR UIDPLUS MOVE ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+"));
    imap.mechanisms(words("PLAIN XOAUTH2"));
    imap.quirks(Set.of(Quirk.SIZES_LIE));
    pop3.capabilities(List.of("TOP", "UIDL", "USER"));
    pop3.mechanisms(words("PLAIN XOAUTH2"));
    pop3.apop(false);
    pop3.uidls((validity, uid) -> "" + uid);
    accounts.specialUses(Map.of());
  }

  private void yahoo() {
    imap.capabilities(
        words(
            "IMAP4rev1 SASL-IR ID MOVE NAMESPACE UIDPLUS LITERAL+ CHILDREN UNSELECT OBJECTID"
                + " SPECIAL-USE"));
    imap.mechanisms(words("PLAIN LOGIN XOAUTH2 OAUTHBEARER"));
    imap.quirks(Set.of(Quirk.INBOX_IN_MIXED_CASE));
    pop3.capabilities(List.of("TOP", "UIDL", "USER", "RESP-CODES", "EXPIRE NEVER"));
    pop3.apop(false);
  }

  private void icloud() {
    imap.capabilities(
        words(
            "IMAP4rev1 SASL-IR ENABLE CONDSTORE QRESYNC ESEARCH UIDPLUS QUOTA ID NAMESPACE CHILDREN"
                + " IDLE LITERAL+ UNSELECT SORT SPECIAL-USE LIST-EXTENDED"));
    imap.mechanisms(words("PLAIN XOAUTH2"));
    imap.quirks(Set.of(Quirk.ENABLE_TELLS_NOTHING));
  }

  private void dovecot() {
    imap.capabilities(
        words(
            "IMAP4rev1 SASL-IR ID ENABLE IDLE SORT SORT=DISPLAY THREAD=REFERENCES THREAD=REFS"
                + " THREAD=ORDEREDSUBJECT MULTIAPPEND UNSELECT CHILDREN NAMESPACE UIDPLUS"
                + " LIST-EXTENDED CONDSTORE QRESYNC ESEARCH ESORT SEARCHRES WITHIN LIST-STATUS"
                + " BINARY MOVE STATUS=SIZE SAVEDATE PREVIEW LITERAL+ NOTIFY SPECIAL-USE"
                + " COMPRESS=DEFLATE"));
    imap.mechanisms(words("PLAIN LOGIN CRAM-MD5 SCRAM-SHA-256"));
    pop3.capabilities(
        List.of("CAPA", "TOP", "UIDL", "RESP-CODES", "PIPELINING", "AUTH-RESP-CODE", "USER"));
    pop3.mechanisms(words("PLAIN LOGIN CRAM-MD5 SCRAM-SHA-256"));
    pop3.apop(false);
    pop3.uidls((validity, uid) -> String.format("%08x%08x", uid, validity));
  }

  private void cyrus() {
    imap.capabilities(
        words(
            "IMAP4rev1 LITERAL+ ID ENABLE SASL-IR CHILDREN CONDSTORE ESEARCH IDLE LIST-EXTENDED"
                + " LIST-STATUS MOVE MULTIAPPEND NAMESPACE OBJECTID QRESYNC QUOTA SAVEDATE SORT"
                + " SORT=DISPLAY SPECIAL-USE STATUS=SIZE THREAD=ORDEREDSUBJECT THREAD=REFERENCES"
                + " UIDPLUS UNSELECT WITHIN BINARY COMPRESS=DEFLATE"));
    imap.mechanisms(words("PLAIN LOGIN SCRAM-SHA-256"));
    imap.quirks(Set.of(Quirk.LOWER_CASE_USES));
    pop3.capabilities(
        List.of(
            "EXPIRE NEVER",
            "LOGIN-DELAY 0",
            "TOP",
            "UIDL",
            "PIPELINING",
            "RESP-CODES",
            "AUTH-RESP-CODE",
            "USER",
            "IMPLEMENTATION Cyrus"));
    pop3.apop(false);
    pop3.uidls((validity, uid) -> validity + "." + uid);
  }

  private void courier() {
    imap.capabilities(
        words(
            "IMAP4rev1 UIDPLUS CHILDREN NAMESPACE THREAD=ORDEREDSUBJECT THREAD=REFERENCES SORT"
                + " QUOTA IDLE ENABLE UTF8=ACCEPT"));
    imap.mechanisms(List.of());
    accounts.namespace("INBOX.");
    imap.quirks(Set.of(Quirk.NO_FOR_BAD, Quirk.NO_UIDNEXT));
    accounts.delimiter('.');
    accounts.specialUses(Map.of());
    pop3.capabilities(
        List.of("TOP", "USER", "LOGIN-DELAY 10", "PIPELINING", "UIDL", "IMPLEMENTATION Courier"));
    pop3.mechanisms(List.of());
    pop3.apop(false);
  }

  private void minimal() {
    imap.capabilities(List.of("IMAP4rev1"));
    imap.mechanisms(List.of());
    accounts.specialUses(Map.of());
    pop3.capabilities(List.of("UIDL"));
    pop3.without(List.of("CAPA", "TOP", "AUTH"));
    pop3.apop(false);
  }

  private static List<String> words(String text) {
    return List.of(text.split(" ", -1));
  }
}

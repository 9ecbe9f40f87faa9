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
  private static final long YAHOO_LIMIT = 41_697_280;
  private static final long CYRUS_LIMIT = 4_294_967_295L;
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
    accounts.wording(ProfileWords.of(profile));
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
            "IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID CHILDREN X-GM-EXT-1 UIDPLUS"
                + " COMPRESS=DEFLATE ENABLE MOVE CONDSTORE ESEARCH UTF8=ACCEPT LIST-EXTENDED"
                + " LIST-STATUS LITERAL- SPECIAL-USE APPENDLIMIT="
                + GMAIL_LIMIT));
    imap.capabilitiesBeforeLogin(
        words("IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID CHILDREN X-GM-EXT-1 SASL-IR"));
    imap.appendLimit(GMAIL_LIMIT);
    imap.mechanisms(words("XOAUTH2 PLAIN OAUTHBEARER"));
    imap.quirks(Set.of(Quirk.CAPABILITIES_BEFORE_OK));
    pop3.capabilities(List.of("USER", "RESP-CODES", "EXPIRE 0", "LOGIN-DELAY 300", "TOP", "UIDL"));
    pop3.capabilitiesAfterLogin(
        List.of("USER", "RESP-CODES", "PIPELINING", "EXPIRE 0", "LOGIN-DELAY 300", "TOP", "UIDL"));
    pop3.mechanisms(words("PLAIN XOAUTH2 OAUTHBEARER"));
    pop3.apop(false);
    provider();
    folders(
        Map.of(
            "[Gmail]/All Mail", "\\All",
            "[Gmail]/Drafts", "\\Drafts",
            "[Gmail]/Important", "\\Important",
            "[Gmail]/Sent Mail", "\\Sent",
            "[Gmail]/Spam", "\\Junk",
            "[Gmail]/Starred", "\\Flagged",
            "[Gmail]/Trash", "\\Trash"));
    accounts.labels("[Gmail]");
  }

  private void outlook() {
    imap.capabilities(
        words("IMAP4 IMAP4rev1 SASL-IR UIDPLUS MOVE ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+"));
    imap.capabilitiesBeforeLogin(
        words("IMAP4 IMAP4rev1 SASL-IR UIDPLUS ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+"));
    imap.mechanisms(words("PLAIN XOAUTH2"));
    imap.quirks(Set.of(Quirk.SIZES_LIE, Quirk.MECHANISMS_STAY));
    pop3.capabilities(List.of("TOP", "UIDL", "USER"));
    pop3.mechanisms(words("PLAIN XOAUTH2"));
    pop3.initialResponses(false);
    pop3.apop(false);
    pop3.uidls((validity, uid) -> "" + uid);
    provider();
    accounts.passwords(false);
    accounts.specialUses(Map.of());
    accounts.standardFolders(
        List.of(
            "Archive",
            "Calendar",
            "Contacts",
            "Conversation History",
            "Deleted Items",
            "Drafts",
            "Journal",
            "Junk Email",
            "Notes",
            "Outbox",
            "Sent Items",
            "Tasks"));
  }

  private void yahoo() {
    String both = "ID MOVE NAMESPACE UIDPLUS LITERAL+ CHILDREN UNSELECT OBJECTID SPECIAL-USE";
    String limit = " APPENDLIMIT=" + YAHOO_LIMIT;
    imap.capabilities(words("IMAP4rev1 " + both + limit));
    imap.capabilitiesBeforeLogin(words("IMAP4rev1 SASL-IR " + both + limit));
    imap.appendLimit(YAHOO_LIMIT);
    imap.mechanisms(words("PLAIN XOAUTH2 OAUTHBEARER"));
    provider();
    folders(
        Map.of(
            "Archive", "\\Archive",
            "Bulk Mail", "\\Junk",
            "Draft", "\\Drafts",
            "Sent", "\\Sent",
            "Trash", "\\Trash"));
    imap.quirks(Set.of(Quirk.INBOX_IN_MIXED_CASE));
    pop3.capabilities(List.of("TOP", "UIDL", "USER", "RESP-CODES", "EXPIRE NEVER"));
    pop3.mechanisms(words("PLAIN XOAUTH2 OAUTHBEARER"));
    pop3.apop(false);
  }

  private void icloud() {
    imap.capabilities(
        words(
            "IMAP4 IMAP4rev1 QUOTA LITERAL+ NAMESPACE UIDPLUS CHILDREN BINARY UNSELECT SORT ESEARCH"
                + " ESORT THREAD=ORDEREDSUBJECT THREAD=REFERENCES CONDSTORE ENABLE QRESYNC WITHIN"
                + " SASL-IR SEARCHRES ID IDLE SPECIAL-USE LIST-EXTENDED"));
    imap.capabilitiesBeforeLogin(words("IMAP4 IMAP4rev1 SASL-IR"));
    imap.mechanisms(words("PLAIN XOAUTH2"));
    imap.quirks(Set.of(Quirk.ENABLE_TELLS_NOTHING, Quirk.INBOX_NOINFERIORS));
    provider();
    folders(
        Map.of(
            "Archive", "\\Archive",
            "Deleted Messages", "\\Trash",
            "Drafts", "\\Drafts",
            "Junk", "\\Junk",
            "Sent Messages", "\\Sent"));
  }

  private void dovecot() {
    imap.capabilities(
        words(
            "IMAP4rev1 SASL-IR ID ENABLE IDLE SORT SORT=DISPLAY THREAD=REFERENCES THREAD=REFS"
                + " THREAD=ORDEREDSUBJECT MULTIAPPEND UNSELECT CHILDREN NAMESPACE UIDPLUS"
                + " LIST-EXTENDED CONDSTORE QRESYNC ESEARCH ESORT SEARCHRES WITHIN LIST-STATUS"
                + " BINARY MOVE STATUS=SIZE SAVEDATE PREVIEW LITERAL+ NOTIFY SPECIAL-USE"
                + " COMPRESS=DEFLATE"));
    imap.capabilitiesBeforeLogin(words("IMAP4rev1 SASL-IR ID ENABLE IDLE LITERAL+"));
    imap.mechanisms(words("PLAIN LOGIN CRAM-MD5 SCRAM-SHA-256"));
    pop3.capabilities(
        List.of("CAPA", "TOP", "UIDL", "RESP-CODES", "PIPELINING", "AUTH-RESP-CODE", "USER"));
    pop3.capabilitiesAfterLogin(
        List.of("CAPA", "TOP", "UIDL", "RESP-CODES", "PIPELINING", "AUTH-RESP-CODE"));
    pop3.mechanisms(words("PLAIN LOGIN CRAM-MD5 SCRAM-SHA-256"));
    pop3.apop(false);
    pop3.uidls((validity, uid) -> String.format("%08x%08x", uid, validity));
  }

  private void cyrus() {
    imap.capabilities(
        words(
            "IMAP4rev1 LITERAL+ ID ENABLE BINARY CHILDREN CONDSTORE ESEARCH ESORT LIST-EXTENDED"
                + " LIST-STATUS MOVE MULTIAPPEND NAMESPACE OBJECTID PREVIEW QRESYNC QUOTA SAVEDATE"
                + " SORT SORT=DISPLAY SPECIAL-USE STATUS=SIZE THREAD=ORDEREDSUBJECT"
                + " THREAD=REFERENCES UIDPLUS UNSELECT WITHIN THREAD=REFS COMPRESS=DEFLATE IDLE"
                + " APPENDLIMIT="
                + CYRUS_LIMIT));
    imap.capabilitiesBeforeLogin(words("IMAP4rev1 LITERAL+ ID ENABLE SASL-IR"));
    imap.appendLimit(CYRUS_LIMIT);
    imap.mechanisms(words("PLAIN LOGIN SCRAM-SHA-256"));
    imap.quirks(Set.of(Quirk.LOWER_CASE_USES, Quirk.LOGIN_DISABLED_BY_LOGIN));
    pop3.locks(false);
    pop3.mechanisms(words("PLAIN LOGIN SCRAM-SHA-256"));
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
    pop3.locks(false);
    accounts.namespace("INBOX.");
    imap.quirks(Set.of(Quirk.NO_FOR_BAD, Quirk.NO_UIDNEXT));
    accounts.delimiter('.');
    accounts.specialUses(Map.of());
    pop3.capabilities(
        List.of(
            "TOP",
            "USER",
            "LOGIN-DELAY 10",
            "PIPELINING",
            "UIDL",
            "IMPLEMENTATION Courier Mail Server"));
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

  /** Who serves the public lets nobody in before TLS. */
  private void provider() {
    imap.requireTls(true);
    pop3.requireTls(true);
  }

  /** The folders that each account has from the start, and what for. */
  private void folders(Map<String, String> uses) {
    accounts.specialUses(uses);
    accounts.standardFolders(uses.keySet().stream().sorted().toList());
  }

  private static List<String> words(String text) {
    return List.of(text.split(" ", -1));
  }
}

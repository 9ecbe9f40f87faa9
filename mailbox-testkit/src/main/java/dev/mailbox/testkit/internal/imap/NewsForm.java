// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

/**
 * How a session is told of changes, by what it has enabled.
 *
 * @param withModSeq whether flags come with MODSEQ (RFC 7162, section 3.1)
 * @param isVanished whether VANISHED comes instead of EXPUNGE, and FETCH with UID (section 3.2)
 */
record NewsForm(boolean withModSeq, boolean isVanished) {

  /** What FETCH tells of flags that have changed; from now on the session knows them. */
  String flags(FolderView.Seen seen) {
    String uid = isVanished ? "UID " + seen.message().uid() + " " : "";
    String modSeq = withModSeq ? " MODSEQ (" + seen.message().modSeq() + ")" : "";
    return uid + "FLAGS " + seen.tellFlags() + modSeq;
  }
}

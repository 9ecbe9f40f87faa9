// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

/**
 * What GreenMail, on which {@link GreenMailServer} runs, does otherwise than RFC 1939 or than the
 * mail that was delivered. A contract that such a defect breaks is excluded there by its name and
 * still runs on a real server. Each is shown by a test, so that one that is repaired is noticed.
 */
public enum GreenMailDefect {
  /**
   * DELE marks the shared message: after a dropped connection the next session's QUIT removes it.
   */
  DELE_SURVIVES_DROP,
  /** RETR of a message that this session deleted still answers with the message. */
  RETR_OF_DELETED,
  /** Two sessions may have one maildrop open at a time; neither is told {@code [IN-USE]}. */
  NO_MAILDROP_LOCK,
  /**
   * A session sees mail that comes while it is open, and numbers change when another removes some.
   */
  NO_SESSION_SNAPSHOT,
  /** RSET answers with two lines, so that every later reply is taken for that of the one before. */
  RSET_ANSWERS_TWICE,
  /** LIST and STAT count the octets of the body only. */
  SIZE_OF_BODY_ONLY,
  /** STLS is not known; TLS is there only from the first byte on. */
  NO_STLS,
  /** CAPA lists UIDL and SASL only: neither TOP and USER, which work, nor PIPELINING. */
  CAPA_INCOMPLETE,
  /** PASS takes the password up to its first space. */
  PASSWORD_ENDS_AT_SPACE,
  /** Errors have no response codes (RFC 2449, 3206) and show names of Java exceptions. */
  NO_RESPONSE_CODES,
  /** UIDLs are small numbers that begin with 1 in each folder of each server. */
  UIDL_COUNTS_FROM_ONE,
  /** RETR of a mail without a header leaves off the blank line that it begins with. */
  BLANK_FIRST_LINE_LOST,
  /** A bare LF or CR in the header comes back as CRLF. */
  HEADER_LF_BECOMES_CRLF,
  /**
   * A line that begins a header but has no colon, or a continuation of nothing, is moved or lost.
   */
  BROKEN_HEADER_CHANGED,
  /** A mail without a body gets an empty line behind its header. */
  HEADER_ONLY_GAINS_EMPTY_LINE
}

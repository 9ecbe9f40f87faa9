// SPDX-License-Identifier: Apache-2.0
package dev.mailbox;

/**
 * How the server names a message; for ledgers of server ids that an application already keeps.
 *
 * <p>{@link Object#toString} prints it and {@link #parse} reads it.
 */
public sealed interface ServerId {
  /**
   * The unique-id of a message in a POP3 maildrop (RFC 1939 section 7).
   *
   * @param uidl the id, 1 to 70 printable ASCII characters on servers that keep the standard
   */
  record Pop3Uidl(String uidl) implements ServerId {
    @Override
    public String toString() {
      return "uidl:" + uidl;
    }
  }

  /**
   * The unique identifier of a message in an IMAP folder (RFC 9051 section 2.3.1.1).
   *
   * @param uidValidity the folder's UIDVALIDITY
   * @param uid the message's UID
   */
  record ImapUid(long uidValidity, long uid) implements ServerId {
    /** Checks that both are unsigned 32-bit numbers above zero. */
    public ImapUid {
      if (uidValidity < 1 || uid < 1 || uidValidity > 0xffff_ffffL || uid > 0xffff_ffffL) {
        throw new IllegalArgumentException("UIDs are unsigned 32-bit numbers above zero");
      }
    }

    @Override
    public String toString() {
      return "uid:" + uidValidity + ":" + uid;
    }
  }

  /**
   * Reads what {@link Object#toString} wrote.
   *
   * @throws IllegalArgumentException if the text is no server id
   */
  static ServerId parse(String text) {
    if (text.startsWith("uidl:")) {
      return new Pop3Uidl(text.substring(5));
    }
    String[] parts = text.split(":", -1);
    if (parts.length == 3 && parts[0].equals("uid")) {
      return new ImapUid(Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    }
    throw new IllegalArgumentException("not a server id");
  }
}

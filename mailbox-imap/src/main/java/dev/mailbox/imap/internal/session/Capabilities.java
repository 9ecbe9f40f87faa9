// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.session;

import dev.mailbox.wire.Literals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a server says that it can do (RFC 9051 section 6.1.1).
 *
 * @param names in capitals, in its order; empty if it has not said
 */
public record Capabilities(List<String> names) {
  /** Of a server that has not said. */
  public static final Capabilities UNKNOWN = new Capabilities(List.of());

  private static final int MOST = 300;
  private static final int LONGEST = 200;

  /** Copies the list. */
  public Capabilities {
    names = List.copyOf(names);
  }

  /** Reads the words of a capability response or code. */
  public static Capabilities parse(String words) {
    List<String> names = new ArrayList<>();
    for (String word : words.strip().split(" +", MOST + 1)) {
      if (!word.isEmpty() && word.length() <= LONGEST && names.size() < MOST) {
        names.add(word.toUpperCase(Locale.ROOT).replaceAll("[^ -~]", "?"));
      }
    }
    return new Capabilities(names);
  }

  /** Whether it has said. */
  public boolean known() {
    return !names.isEmpty();
  }

  /** Whether it says that it can. */
  public boolean offers(String name) {
    return names.contains(name);
  }

  /** Whether IMAP4rev2 is spoken, which includes what were extensions before. */
  private boolean rev2() {
    return offers("IMAP4REV2");
  }

  /** Whether single messages can be expunged, and new UIDs are told (RFC 4315). */
  public boolean uidPlus() {
    return offers("UIDPLUS") || rev2();
  }

  /**
   * Whether a message that is marked as deleted counts as removed: where single messages cannot be
   * expunged, marking them is the only way to delete them.
   */
  public boolean marksCount() {
    return !uidPlus();
  }

  /** Whether messages can be moved in one step (RFC 6851). */
  public boolean move() {
    return offers("MOVE") || rev2();
  }

  /** Whether the server tells by itself (RFC 2177). */
  public boolean idle() {
    return offers("IDLE") || rev2();
  }

  /** Whether there are namespaces to ask for (RFC 2342). */
  public boolean namespace() {
    return offers("NAMESPACE") || rev2();
  }

  /** Whether search results can be asked for as sets (RFC 4731). */
  public boolean esearch() {
    return offers("ESEARCH") || rev2();
  }

  /** Whether a folder can be left without expunging (RFC 3691). */
  public boolean unselect() {
    return offers("UNSELECT") || rev2();
  }

  /** Whether a listing can be asked to tell what folders are for (RFC 6154, RFC 5258). */
  public boolean listsSpecialUse() {
    return offers("SPECIAL-USE") && offers("LIST-EXTENDED");
  }

  /** Whether the first answer of a login may go with the command (RFC 4959). */
  public boolean saslIr() {
    return offers("SASL-IR") || rev2();
  }

  /** How literals may be sent (RFC 7888). */
  public Literals literals() {
    if (offers("LITERAL+")) {
      return Literals.AT_ONCE;
    }
    return offers("LITERAL-") || rev2() ? Literals.SMALL_AT_ONCE : Literals.SYNCHRONIZING;
  }
}

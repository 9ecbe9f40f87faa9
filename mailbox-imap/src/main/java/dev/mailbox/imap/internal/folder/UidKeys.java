// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.folder;

import dev.mailbox.ServerId;
import dev.mailbox.imap.internal.grammar.UidSet;
import java.util.Collection;
import java.util.Optional;

/**
 * How the replica knows a message of a folder: UIDVALIDITY and UID, each as eight hexadecimal
 * digits, so that the order of the keys is that of the UIDs.
 */
public final class UidKeys {
  private static final int DIGITS = 8;
  private static final int RADIX = 16;

  private UidKeys() {}

  /** The key of a message. */
  public static String key(long uidValidity, long uid) {
    char[] digits = new char[2 * DIGITS];
    put(digits, 0, uidValidity);
    put(digits, DIGITS, uid);
    return new String(digits);
  }

  private static void put(char[] digits, int offset, long value) {
    long left = value;
    for (int i = DIGITS - 1; i >= 0; i--) {
      digits[offset + i] = Character.forDigit((int) (left & 0xf), RADIX);
      left >>>= 4;
    }
  }

  /** Whether a text is a key, which in a store of another protocol it is not. */
  public static boolean isKey(String text) {
    return text.length() == 2 * DIGITS
        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  /** The UIDVALIDITY in a key. */
  public static long uidValidity(String key) {
    return Long.parseLong(key.substring(0, DIGITS), RADIX);
  }

  /** The UID in a key. */
  public static long uid(String key) {
    return Long.parseLong(key.substring(DIGITS), RADIX);
  }

  /** Whether a key is of that UIDVALIDITY, and it is one. */
  public static boolean isCurrent(String key, long uidValidity) {
    return uidValidity != 0 && isKey(key) && uidValidity(key) == uidValidity && uid(key) > 0;
  }

  /** Whether all of those keys are of that UIDVALIDITY, and it is one. */
  public static boolean areCurrent(Collection<String> keys, long uidValidity) {
    return keys.stream().allMatch(key -> isCurrent(key, uidValidity));
  }

  /** The UIDs of those keys that are of that UIDVALIDITY. */
  public static UidSet uids(Collection<String> keys, long uidValidity) {
    UidSet.Builder uids = UidSet.builder();
    keys.stream().filter(key -> isCurrent(key, uidValidity)).forEach(key -> uids.add(uid(key)));
    return uids.build();
  }

  /** The key as applications know it. */
  public static Optional<ServerId> serverId(String key) {
    return isKey(key) && uidValidity(key) > 0 && uid(key) > 0
        ? Optional.of(new ServerId.ImapUid(uidValidity(key), uid(key)))
        : Optional.empty();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The messages of a maildrop, by index in ascending order of their numbers.
 *
 * <p>The key of a message is its size and UIDL, so that a UIDL which is used again for a message of
 * another size is another message. Where a UIDL cannot tell messages apart, the {@link KeyResolver}
 * finds other keys. About 40 bytes for a message. For one thread.
 */
final class Listing {
  /** A UIDL that is longer is taken for none; the standard allows 70. */
  private static final int LONGEST_UIDL = 1024;

  private final byte[] bytes;
  private final int[] numbers;
  private final long[] sizes;
  private final int[] starts;
  private final int[] ends;
  private final boolean[] ambiguous;
  private final Map<Integer, String> otherKeys = new HashMap<>();
  private final Map<String, Integer> byOtherKey = new HashMap<>();
  private final Map<String, Integer> copies = new HashMap<>();
  private final BitSet tooLarge = new BitSet();
  private final List<String> notes = new ArrayList<>();
  private final int seed = ThreadLocalRandom.current().nextInt() | 1;
  private int[] table = new int[0];
  private int count;

  Listing(byte[] uidlBytes, int capacity) {
    bytes = uidlBytes;
    numbers = new int[capacity];
    sizes = new long[capacity];
    starts = new int[capacity];
    ends = new int[capacity];
    ambiguous = new boolean[capacity];
  }

  void add(int number, long sizeInBytes, int uidlStart, int uidlEnd) {
    numbers[count] = number;
    sizes[count] = sizeInBytes;
    starts[count] = uidlStart;
    ends[count++] = uidlEnd;
  }

  void note(String note) {
    notes.add(note);
  }

  /** What is odd about it, in words. */
  List<String> notes() {
    return notes;
  }

  int count() {
    return count;
  }

  /** The number of a message in this session. */
  int number(int index) {
    return numbers[index];
  }

  /** The size that the server lists, in bytes. */
  long size(int index) {
    return sizes[index];
  }

  /** The UIDL, each character one byte; empty if there is none. */
  String uidl(int index) {
    int length = ends[index] - starts[index];
    return new String(bytes, starts[index], length, StandardCharsets.ISO_8859_1);
  }

  /** How the server names a message, fit to be shown. */
  String shown(int index) {
    String uidl = uidl(index).replaceAll("[^ -~]", "?");
    return uidl.isEmpty() || uidl.length() > LONGEST_UIDL ? "message " + numbers[index] : uidl;
  }

  /** The messages whose UIDL is missing, too long, or that of another message too. */
  int[] ambiguous() {
    int[] found = new int[count];
    int n = 0;
    for (int i = 0; i < count; i++) {
      if (ambiguous[i]) {
        found[n++] = i;
      }
    }
    return Arrays.copyOf(found, n);
  }

  /** The key of a message. */
  String key(int index) {
    return ambiguous[index]
        ? otherKeys.getOrDefault(index, "")
        : Keys.ofUidl(sizes[index], uidl(index));
  }

  /** Whether the message has a key. */
  boolean hasKey(int index) {
    return !ambiguous[index] || otherKeys.containsKey(index);
  }

  /** A message has no key because it is too large to be retrieved for one. */
  void tooLarge(int index) {
    tooLarge.set(index);
  }

  /** Whether {@link #tooLarge(int)} was said of it. */
  boolean isTooLarge(int index) {
    return tooLarge.get(index);
  }

  /** Whether the key says which message it is without its UIDL. */
  boolean isWeak(int index) {
    return ambiguous[index];
  }

  /**
   * Gives a message whose UIDL is ambiguous a key. Messages that have all in common are told apart
   * by their order.
   */
  void key(int index, String key) {
    String unique = key;
    for (int i = 2; byOtherKey.putIfAbsent(unique, index) != null; i++) {
      unique = key + "~" + i;
    }
    otherKeys.put(index, unique);
    copies.merge(key, 1, Integer::sum);
  }

  /** Whether there are messages whose keys are their headers and sizes. */
  boolean hasCopies() {
    return !copies.isEmpty();
  }

  /** How many messages were given this key, each of them in a form of its own. */
  int copies(String key) {
    return copies.getOrDefault(key, 0);
  }

  /** Makes a message ambiguous that is not: its UIDL is too little to tell which message it is. */
  void doubt(int index) {
    ambiguous[index] = true;
  }

  /** The message without a UIDL of its own that has the size of a key and this header; or -1. */
  int findByHash(String key, byte[] headerHash) {
    return byOtherKey.getOrDefault(Keys.ofHash(Keys.parse(key).size(), headerHash), -1);
  }

  /** Lets a message without a UIDL of its own have the key by which it is known already. */
  void rename(int index, String key) {
    byOtherKey.put(key, index);
    otherKeys.put(index, key);
  }

  /** The message with that key; -1 if none is listed. */
  int find(String key) {
    Keys.Parts parts = Keys.parse(key);
    int other = byOtherKey.getOrDefault(key, -1);
    if (!parts.isUidl() || other >= 0) {
      return other;
    }
    byte[] uidl = parts.rest().getBytes(StandardCharsets.ISO_8859_1);
    if (table.length == 0 || uidl.length == 0) {
      return -1;
    }
    int slot = hash(uidl, 0, uidl.length) & (table.length - 1);
    while (table[slot] != 0) {
      int index = table[slot] - 1;
      if (Arrays.equals(bytes, starts[index], ends[index], uidl, 0, uidl.length)) {
        return !ambiguous[index] && sizes[index] == parts.size() ? index : -1;
      }
      slot = (slot + 1) & (table.length - 1);
    }
    return -1;
  }

  /**
   * A digest of all sizes and UIDLs in their order, without the numbers of the messages. Needs no
   * {@link #index}.
   */
  String digest() {
    MessageDigest digest = sha256();
    ByteBuffer fixed = ByteBuffer.allocate(Long.BYTES + Integer.BYTES);
    for (int i = 0; i < count; i++) {
      int length = ends[i] - starts[i];
      digest.update(fixed.clear().putLong(sizes[i]).putInt(length).array());
      digest.update(bytes, starts[i], length);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Makes messages findable, and finds UIDLs that are no use. Until then none is found, and all
   * UIDLs count as good.
   */
  void index() {
    int capacity = Integer.highestOneBit(Math.max(8, 2 * count)) << 1;
    table = new int[capacity];
    for (int i = 0; i < count; i++) {
      int length = ends[i] - starts[i];
      if (length == 0 || length > LONGEST_UIDL) {
        ambiguous[i] = true;
      } else {
        insert(i);
      }
    }
  }

  private void insert(int index) {
    int slot = hash(bytes, starts[index], ends[index]) & (table.length - 1);
    while (table[slot] != 0) {
      int other = table[slot] - 1;
      if (Arrays.equals(bytes, starts[other], ends[other], bytes, starts[index], ends[index])) {
        ambiguous[other] = true;
        ambiguous[index] = true;
        return;
      }
      slot = (slot + 1) & (table.length - 1);
    }
    table[slot] = index + 1;
  }

  /** Seeded, so that a server cannot choose UIDLs that collide. */
  private int hash(byte[] array, int from, int to) {
    int h = seed;
    for (int i = from; i < to; i++) {
      h = (h ^ array[i]) * 0x01000193;
      h ^= h >>> 15;
    }
    return h ^ (h >>> 13);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.spi.EntryState;
import dev.mailbox.spi.RemoteEntry;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StrangersTest {
  private final Strangers strangers = new Strangers();

  /** A hash that is not the same array as another. */
  private static byte[] hash(int seed) {
    byte[] hash = new byte[32];
    hash[31] = (byte) seed;
    return hash;
  }

  private static RemoteEntry entry(String key, long size, EntryState state, byte[] hash) {
    return new RemoteEntry(key, size, state, hash, Instant.EPOCH);
  }

  private void add(String key, int seed, long size) {
    strangers.add(entry(key, size, EntryState.DURABLE, hash(seed)));
  }

  @Test
  void nobodyIsEmpty() {
    assertThat(strangers.isEmpty()).isTrue();
    assertThat(strangers.left(false)).isEmpty();
    assertThat(strangers.recognize(hash(1), 10)).isEmpty();
  }

  @Test
  void messageIsKnownByHeaderAndSize() {
    add("a", 1, 10);

    assertThat(strangers.isEmpty()).isFalse();
    assertThat(strangers.recognize(hash(2), 10)).isEmpty();
    assertThat(strangers.recognize(hash(1), 11)).isEmpty();
    assertThat(strangers.recognize(hash(1), 10)).contains("a");
    assertThat(strangers.left(false)).isEmpty();
  }

  @Test
  void eachIsGivenOnceAndInOrder() {
    add("a", 1, 10);
    add("b", 1, 10);

    assertThat(strangers.recognize(hash(1), 10)).contains("a");
    assertThat(strangers.left(false)).containsExactly("b");
    assertThat(strangers.recognize(hash(1), 10)).contains("b");
    assertThat(strangers.recognize(hash(1), 10)).isEmpty();
    assertThat(strangers.left(false)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = EntryState.class,
      names = {"HEADER", "DURABLE", "REMOVE", "REMOVED"})
  void messageIsKnownInTheseStates(EntryState state) {
    strangers.add(entry("a", 10, state, hash(1)));

    assertThat(strangers.recognize(hash(1), 10)).contains("a");
  }

  @Test
  void messageThatWasLeftOutIsNotKnown() {
    strangers.add(entry("a", 10, EntryState.LEFT, hash(1)));

    assertThat(strangers.recognize(hash(1), 10)).isEmpty();
    assertThat(strangers.left(false)).containsExactly("a");
  }

  @Test
  void messageWithoutHashIsNotKnown() {
    strangers.add(entry("a", 10, EntryState.HEADER, new byte[0]));

    assertThat(strangers.recognize(new byte[0], 10)).isEmpty();
    assertThat(strangers.isEmpty()).isFalse();
    assertThat(strangers.left(false)).containsExactly("a");
  }

  @Test
  void unconfirmedRemovalIsKnownAgainAndKnownForOne() {
    strangers.add(entry("a", 10, EntryState.UNCONFIRMED, hash(1)));
    add("b", 20, 2);

    assertThat(strangers.isUnconfirmed("a")).isTrue();
    assertThat(strangers.isUnconfirmed("b")).isFalse();
    assertThat(strangers.left(false)).containsExactlyInAnyOrder("a", "b");
    assertThat(strangers.recognize(hash(1), 10)).contains("a");
    assertThat(strangers.left(false)).containsExactly("b");
  }
}

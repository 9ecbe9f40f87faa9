// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MessagesTest {
  private final Messages messages = new Messages();

  @Test
  void columnsKeepWhatWasAdded() {
    assertThat(messages.add(5, 3, 1L << 40, Long.MIN_VALUE)).isTrue();
    assertThat(messages.add(4_294_967_295L, 0, 0, 17)).isTrue();

    assertThat(messages.count()).isEqualTo(2);
    assertThat(messages.uid(0)).isEqualTo(5);
    assertThat(messages.flags(0)).isEqualTo(3);
    assertThat(messages.size(0)).isEqualTo(1L << 40);
    assertThat(messages.arrival(0)).isEqualTo(Long.MIN_VALUE);
    assertThat(messages.mark(0)).isZero();
    assertThat(messages.uid(1)).isEqualTo(4_294_967_295L);
    assertThat(messages.arrival(1)).isEqualTo(17);
  }

  @Test
  void flagsAndMarksCanBeChanged() {
    messages.add(1, 0, 0, 0);
    messages.add(2, 0, 0, 0);
    messages.flags(0, 7);
    messages.mark(1, 2);

    assertThat(messages.flags(0)).isEqualTo(7);
    assertThat(messages.flags(1)).isZero();
    assertThat(messages.mark(0)).isZero();
    assertThat(messages.mark(1)).isEqualTo((byte) 2);
  }

  @Test
  void nothingIsFoundInNothing() {
    messages.sort();
    assertThat(messages.count()).isZero();
    assertThat(messages.find(1)).isEqualTo(-1);
  }

  @Test
  void uidsOnBothSidesOfTheSignBitAreInOrder() {
    messages.add(2_147_483_648L, 1, 0, 0);
    messages.add(4_294_967_295L, 2, 0, 0);
    messages.add(1, 3, 0, 0);
    messages.add(2_147_483_647L, 4, 0, 0);
    messages.sort();

    assertThat(messages.uid(0)).isEqualTo(1);
    assertThat(messages.uid(3)).isEqualTo(4_294_967_295L);
    assertThat(messages.flags(messages.find(2_147_483_648L))).isEqualTo(1);
    assertThat(messages.flags(messages.find(2_147_483_647L))).isEqualTo(4);
  }

  @Test
  void messagesInOrderAreLeftAsTheyAre() {
    messages.add(1, 0, 0, 0);
    messages.add(2, 0, 0, 0);
    messages.mark(0, 1);
    messages.sort();

    assertThat(messages.mark(0)).isEqualTo((byte) 1);
  }

  @Test
  void ofThoseToldTwiceTheLaterStays() {
    messages.add(7, 1, 10, 100);
    messages.add(7, 2, 20, 200);
    messages.add(3, 3, 30, 300);
    messages.add(7, 4, 40, 400);
    messages.mark(3, 5);
    messages.sort();

    assertThat(messages.count()).isEqualTo(2);
    int index = messages.find(7);
    assertThat(messages.flags(index)).isEqualTo(4);
    assertThat(messages.size(index)).isEqualTo(40);
    assertThat(messages.arrival(index)).isEqualTo(400);
    assertThat(messages.mark(index)).isEqualTo((byte) 5);
  }

  @Test
  void manyInAnyOrderAreThoseOfAMap() {
    Random random = new Random(3);
    TreeMap<Long, Integer> model = new TreeMap<>();
    for (int i = 0; i < 50_000; i++) {
      long uid = 1 + random.nextLong(100_000) * 42_949;
      messages.add(uid, i, 2L * i, -i);
      model.put(uid, i);
    }
    messages.sort();

    assertThat(messages.count()).isEqualTo(model.size());
    int index = 0;
    for (var entry : model.entrySet()) {
      assertThat(messages.uid(index)).isEqualTo(entry.getKey());
      assertThat(messages.flags(index)).isEqualTo(entry.getValue());
      assertThat(messages.size(index)).isEqualTo(2L * entry.getValue());
      assertThat(messages.arrival(index)).isEqualTo(-(long) entry.getValue());
      assertThat(messages.find(entry.getKey())).isEqualTo(index++);
      assertThat(messages.find(entry.getKey() + 1)).isEqualTo(-1);
    }
  }

  @Test
  void moreCanBeAddedAfterSorting() {
    messages.add(5, 1, 0, 0);
    messages.add(2, 2, 0, 0);
    messages.sort();
    messages.add(9, 3, 0, 0);
    messages.add(3, 4, 0, 0);
    messages.sort();

    assertThat(messages.find(2)).isZero();
    assertThat(messages.find(3)).isEqualTo(1);
    assertThat(messages.find(5)).isEqualTo(2);
    assertThat(messages.flags(messages.find(9))).isEqualTo(3);
  }
}

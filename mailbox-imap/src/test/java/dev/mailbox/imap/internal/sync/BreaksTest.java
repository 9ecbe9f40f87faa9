// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.imap.internal.grammar.UidSet;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BreaksTest {
  private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");

  private static Breaks read(String text) {
    return Breaks.parse(text, true, NOW);
  }

  /** The session breaks while these are under way. */
  private static String broken(String before, UidSet uids) {
    Breaks breaks = read(before);
    breaks.asked(uids, true);
    return breaks.broken(NOW);
  }

  private static String brokenAlone(int times) {
    String text = "";
    for (int i = 0; i < times; i++) {
      text = broken(text, UidSet.of(7));
    }
    return text;
  }

  @Test
  void whatWasUnderWayIsSuspected() {
    String text = broken("", UidSet.of(3, 4, 5));

    assertThat(Breaks.isText(text)).isTrue();
    assertThat(read(text).isSuspect(4)).isTrue();
    assertThat(read(text).isSuspect(6)).isFalse();
    assertThat(read(text).isLeftOut(4, true)).isFalse();
    assertThat(read(text).text()).as("once all was asked for").isEmpty();
  }

  @Test
  void whatWasAnsweredIsNot() {
    Breaks breaks = Breaks.none();
    breaks.asked(UidSet.of(1, 2), true);
    breaks.asked(UidSet.of(3), true);
    breaks.answered(UidSet.of(1, 2));

    Breaks next = read(breaks.broken(NOW));

    assertThat(next.isSuspect(3)).isTrue();
    assertThat(next.isSuspect(1)).isFalse();
  }

  @Test
  void thirdBreakInARowAtOneAloneLeavesItOut() {
    assertThat(read(brokenAlone(2)).isLeftOut(7, true)).isFalse();
    Breaks third = read(brokenAlone(3));
    assertThat(third.isLeftOut(7, true)).isTrue();
    assertThat(third.isLeftOut(7, false)).isFalse();
    assertThat(third.isSuspect(7)).isFalse();
    assertThat(read(third.text()).isLeftOut(7, true)).isTrue();
  }

  @Test
  void messageOfWhichPartsComeIsLeftOutLater() {
    String text = "";
    for (int i = 0; i < 6; i++) {
      assertThat(read(text).isLeftOut(7, true)).isFalse();
      Breaks breaks = read(text);
      breaks.asked(UidSet.of(7), true);
      breaks.came();
      text = breaks.broken(NOW);
    }
    assertThat(read(text).isLeftOut(7, true)).isTrue();
  }

  @Test
  void breakElsewhereForgetsNothing() {
    String text = broken(broken("", UidSet.of(3, 4)), UidSet.of(8, 9));

    assertThat(read(text).isSuspect(3)).isTrue();
    assertThat(read(text).isSuspect(9)).isTrue();
    assertThat(read(text).groups(UidSet.of(3, 4, 8, 9)))
        .containsExactly(UidSet.of(3), UidSet.of(4), UidSet.of(8), UidSet.of(9));
    assertThat(read(broken(brokenAlone(3), UidSet.of(5))).isLeftOut(7, true)).isTrue();
    assertThat(read(text).isFolderSuspect()).isTrue();
  }

  @Test
  void whatIsLeftOutIsTriedAgainAfterLongerAndLongerTimes() {
    String text = brokenAlone(3);
    Instant now = NOW;
    for (Duration time :
        new Duration[] {
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofHours(6),
          Duration.ofDays(1),
          Duration.ofDays(1)
        }) {
      assertThat(Breaks.parse(text, true, now.plus(time)).isLeftOut(7, true)).isTrue();
      now = now.plus(time).plusSeconds(1);
      Breaks again = Breaks.parse(text, true, now);
      assertThat(again.isLeftOut(7, true)).isFalse();
      assertThat(again.isSuspect(7)).isTrue();
      again.asked(UidSet.of(7), true);
      text = again.broken(now);
    }
  }

  @Test
  void folderIsLeftOutAfterThreeBreaksAtNoMessage() {
    String text = "";
    for (int i = 0; i < 3; i++) {
      assertThat(read(text).isFolderLeftOut(NOW)).isFalse();
      text = read(text).broken(NOW);
    }
    assertThat(read(text).isFolderLeftOut(NOW)).isTrue();
    assertThat(read(text).isFolderLeftOut(NOW.plus(Duration.ofMinutes(11)))).isFalse();
    assertThat(read(text).isFolderSuspect()).isTrue();
    assertThat(read(read(text).text()).isFolderSuspect()).isFalse();
  }

  @Test
  void threeBreaksAtThreeMessagesLeaveNoneOut() {
    String text = broken(broken(broken("", UidSet.of(1)), UidSet.of(2)), UidSet.of(3));

    for (long uid = 1; uid <= 3; uid++) {
      assertThat(read(text).isLeftOut(uid, true)).isFalse();
      assertThat(read(text).isSuspect(uid)).isTrue();
    }
  }

  @Test
  void breaksAtTwoInTurnLeaveBothOut() {
    String text = "";
    for (int i = 0; i < 3; i++) {
      text = broken(broken(text, UidSet.of(3)), UidSet.of(4));
    }

    assertThat(read(text).isLeftOut(3, true)).isTrue();
    assertThat(read(text).isLeftOut(4, true)).isTrue();
  }

  @Test
  void breaksAreInARowOnlyIfTheMessageDidNotComeInBetween() {
    Breaks third = read(brokenAlone(2));
    third.asked(UidSet.of(7), true);
    third.answered(UidSet.of(7));
    third.asked(UidSet.of(8), true);
    String text = broken(third.broken(NOW), UidSet.of(7));

    assertThat(read(text).isLeftOut(7, true)).isFalse();
  }

  @Test
  void partsOfOneMessageSayNothingOfAnother() {
    String text = "";
    for (int i = 0; i < 3; i++) {
      Breaks breaks = read(text);
      breaks.asked(UidSet.of(7), true);
      breaks.came();
      text = breaks.broken(NOW);
    }
    text = broken(text, UidSet.of(9));
    assertThat(read(text).isLeftOut(9, true)).isFalse();
    text = broken(text, UidSet.of(7));
    assertThat(read(text).isLeftOut(7, true)).as("of its six one is half of three").isFalse();
  }

  @Test
  void oneMessageIsNotLeftOutLongerForAnother() {
    String text = brokenAlone(3);
    Instant later = NOW.plus(Duration.ofMinutes(11));
    Breaks again = Breaks.parse(text, true, later);
    again.asked(UidSet.of(7), true);
    text = again.broken(later);
    for (int i = 0; i < 3; i++) {
      Breaks other = Breaks.parse(text, true, later);
      other.asked(UidSet.of(9), true);
      text = other.broken(later);
    }

    Instant end = later.plus(Duration.ofMinutes(11));
    assertThat(Breaks.parse(text, true, end).isLeftOut(9, true)).isFalse();
    assertThat(Breaks.parse(text, true, end).isLeftOut(7, true)).isTrue();
  }

  @Test
  void folderWithAMessageThatIsLeftOutIsLeftOutItself() {
    String text = brokenAlone(3);
    Instant later = NOW.plus(Duration.ofMinutes(11));
    Breaks again = Breaks.parse(text, true, later);
    again.asked(UidSet.of(7), true);
    text = again.broken(later);
    later = later.plus(Duration.ofMinutes(15));
    for (int i = 0; i < 3; i++) {
      text = Breaks.parse(text, true, later).broken(later);
    }

    assertThat(Breaks.parse(text, true, later).isFolderLeftOut(later)).isTrue();
  }

  @Test
  void folderIsTriedAgainAfterLongerAndLongerTimes() {
    String text = read(read("").broken(NOW)).broken(NOW);
    Instant now = NOW;
    for (Duration time :
        new Duration[] {
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofHours(6),
          Duration.ofDays(1),
          Duration.ofDays(1)
        }) {
      text = Breaks.parse(text, true, now).broken(now);
      assertThat(Breaks.parse(text, true, now).isFolderLeftOut(now.plus(time))).isTrue();
      now = now.plus(time).plusSeconds(1);
      assertThat(Breaks.parse(text, true, now).isFolderLeftOut(now)).isFalse();
    }
  }

  @Test
  void breaksInARowAreCountedWhateverTheyAreAt() {
    String text = broken(read(broken("", UidSet.of(1, 2))).broken(NOW), UidSet.of(3));

    assertThat(read(text).count()).isEqualTo(3);
    assertThat(read(read(brokenAlone(3)).text()).count()).isZero();
  }

  @Test
  void onlySoManyMessagesAreKept() {
    String text = "";
    for (long uid = 1; uid <= 600; uid++) {
      text = broken(text, UidSet.of(uid));
    }

    assertThat(Breaks.isText(text)).isTrue();
    assertThat(text.chars().filter(c -> c == '/').count()).isEqualTo(3 * 500 + 2);
    assertThat(read(text).isSuspect(1)).isTrue();
  }

  @Test
  void clockThatWasAheadLeavesNothingOut() {
    Instant ahead = NOW.plus(Duration.ofDays(3650));
    String text = brokenAlone(2);
    Breaks third = Breaks.parse(text, true, ahead);
    third.asked(UidSet.of(7), true);
    text = third.broken(ahead);
    for (int i = 0; i < 3; i++) {
      text = Breaks.parse(text, true, ahead).broken(ahead);
    }

    assertThat(Breaks.parse(text, true, ahead).isLeftOut(7, true)).isTrue();
    assertThat(read(text).isLeftOut(7, true)).isFalse();
    assertThat(read(text).isSuspect(7)).isTrue();
    assertThat(read(text).isFolderLeftOut(NOW)).isFalse();
  }

  @Test
  void otherNumbersAreOtherMessages() {
    Breaks other = Breaks.parse(brokenAlone(3), false, NOW);

    assertThat(other.isLeftOut(7, true)).isFalse();
    assertThat(other.isSuspect(7)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "x;;;;0;0/0/0",
        "1,,;;;;0;0/0/0",
        "1;;1/7/0/0;;0;0/0/0",
        "1;;1/1/0/-1;;0;0/0/0",
        "1;;1:2/1/0/0;;0;0/0/0",
        "1;;,;;0;0/0/0",
        "1;;;;-1;0/0/0",
        "1;;;;0;0/0",
        "1;;;;",
      })
  void whatSomeoneElseWroteCountsAsNothing(String text) {
    assertThat(read(text).isSuspect(1)).isFalse();
    assertThat(read(text).text()).isEmpty();
  }
}

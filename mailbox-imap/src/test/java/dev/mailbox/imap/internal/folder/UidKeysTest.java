// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.ServerId;
import dev.mailbox.imap.internal.grammar.UidSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UidKeysTest {
  private static final long LARGEST = 4_294_967_295L;

  @ParameterizedTest
  @CsvSource({
    "1,1,0000000100000001",
    "4294967295,4294967295,ffffffffffffffff",
    "3735928559,2147483648,deadbeef80000000",
  })
  void keyIsUidValidityAndUid(long uidValidity, long uid, String key) {
    assertThat(UidKeys.key(uidValidity, uid)).isEqualTo(key);
    assertThat(UidKeys.isKey(key)).isTrue();
    assertThat(UidKeys.uidValidity(key)).isEqualTo(uidValidity);
    assertThat(UidKeys.uid(key)).isEqualTo(uid);
    assertThat(UidKeys.serverId(key)).contains(new ServerId.ImapUid(uidValidity, uid));
  }

  @Test
  void keysAreInTheOrderOfTheUids() {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      long one = 1 + random.nextLong(LARGEST);
      long other = 1 + random.nextLong(LARGEST);
      assertThat(Integer.signum(UidKeys.key(9, one).compareTo(UidKeys.key(9, other))))
          .isEqualTo(Long.compare(one, other));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "000000010000000",
        "00000001000000011",
        "000000010000000G",
        "00000001000000 1",
        "0000000A00000001",
        "٠٠٠٠٠٠٠١00000001",
        "+000000100000001",
        "-000000100000001",
      })
  void otherTextsAreNoKeys(String text) {
    assertThat(UidKeys.isKey(text)).isFalse();
    assertThat(UidKeys.serverId(text)).isEmpty();
    assertThat(UidKeys.uids(List.of(text), 1)).isEqualTo(UidSet.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0000000000000001", "0000000100000000", "0000000000000000"})
  void zeroIsNoUid(String key) {
    assertThat(UidKeys.serverId(key)).isEmpty();
    assertThat(UidKeys.uids(List.of(key), 1)).isEqualTo(UidSet.empty());
  }

  @Test
  void uidsAreThoseOfOneUidValidity() {
    List<String> keys =
        List.of(
            UidKeys.key(1, 9),
            UidKeys.key(2, 4),
            UidKeys.key(1, 8),
            UidKeys.key(1, LARGEST),
            "a name of another protocol",
            UidKeys.key(1, 9));

    assertThat(UidKeys.uids(keys, 1)).hasToString("8:9,4294967295");
    assertThat(UidKeys.uids(keys, 2)).hasToString("4");
    assertThat(UidKeys.uids(keys, 3)).isEqualTo(UidSet.empty());
    assertThat(UidKeys.uids(List.of(), 1)).isEqualTo(UidSet.empty());
  }
}

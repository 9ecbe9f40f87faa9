// SPDX-License-Identifier: Apache-2.0
package dev.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerIdTest {
  @Test
  void whatIsPrintedIsReadBack() {
    ServerId uidl = new ServerId.Pop3Uidl("0000:a uid:7");
    ServerId uid = new ServerId.ImapUid(4_294_967_295L, 1);

    assertThat(ServerId.parse(uidl.toString())).isEqualTo(uidl);
    assertThat(ServerId.parse(uid.toString())).isEqualTo(uid);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "uid:1", "uid:1:2:3", "uid:0:1", "uid:1:0", "uid:1:x", "17"})
  void otherTextIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ServerId.parse(text));
  }
}

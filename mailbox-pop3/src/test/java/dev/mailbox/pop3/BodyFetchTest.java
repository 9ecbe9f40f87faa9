// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.FolderPath;
import dev.mailbox.RejectedException;
import dev.mailbox.ServerId;
import dev.mailbox.spi.RemoteFolder;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.testkit.Pop3Message;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BodyFetchTest {
  private static final RemoteFolder INBOX = new RemoteFolder(FolderPath.INBOX, "");

  private static Set<String> fetch(Maildrop drop, List<String> keys) {
    try (Pop3Remote remote = drop.remote()) {
      return remote.fetch(INBOX, keys, drop.replica());
    }
  }

  @Test
  void bodyComesWhenItIsRead() {
    try (Maildrop drop = new Maildrop()) {
      Pop3Message one = drop.deliver("one");
      drop.deliver("two");
      drop.sync(TestTask.keeping().bodies(BodyPolicy.onDemand()));

      Set<String> gone = fetch(drop, List.of(Maildrop.key(one)));

      assertThat(gone).isEmpty();
      assertThat(drop.replica().raws()).containsExactly(Maildrop.text(one));
      assertThat(drop.pop3().count("RETR")).isEqualTo(1);
      assertThat(drop.pop3().count("DELE")).isZero();
    }
  }

  @Test
  void keyThatIsGoneIsReturned() {
    try (Maildrop drop = new Maildrop()) {
      Pop3Message one = drop.deliver("one");
      drop.sync(TestTask.keeping().bodies(BodyPolicy.onDemand()));
      drop.inbox().remove("uidl-1");

      assertThat(fetch(drop, List.of(Maildrop.key(one)))).containsExactly(Maildrop.key(one));
    }
  }

  @Test
  void keysWithoutUidlAreFoundByTheirHeaders() {
    try (Maildrop drop = new Maildrop()) {
      drop.pop3().without("UIDL");
      var sent = drop.deliver(3);
      drop.sync(TestTask.keeping().bodies(BodyPolicy.onDemand()));

      Set<String> gone = fetch(drop, List.copyOf(drop.replica().entries().keySet()));

      assertThat(gone).isEmpty();
      assertThat(drop.replica().raws()).containsExactlyInAnyOrderElementsOf(sent);
    }
  }

  @Test
  void refusedBodyIsAnError() {
    try (Maildrop drop = new Maildrop()) {
      Pop3Message one = drop.deliver("one");
      drop.sync(TestTask.keeping().bodies(BodyPolicy.onDemand()));
      drop.pop3().on("RETR").reply("-ERR broken");

      assertThatThrownBy(() -> fetch(drop, List.of(Maildrop.key(one))))
          .isInstanceOf(RejectedException.class)
          .hasMessageContaining("broken");
    }
  }

  @Test
  void refusedBodyAmongSeveralDoesNotKeepTheOthersBack() {
    try (Maildrop drop = new Maildrop()) {
      var sent = drop.deliver(3);
      drop.sync(TestTask.keeping().bodies(BodyPolicy.onDemand()));
      drop.pop3().on("RETR 2").reply("-ERR broken");

      Set<String> gone = fetch(drop, List.copyOf(drop.replica().entries().keySet()));

      assertThat(gone).isEmpty();
      assertThat(drop.replica().raws()).containsExactlyInAnyOrder(sent.get(0), sent.get(2));
    }
  }

  @Test
  void serverIdIsTheUidl() {
    try (Maildrop drop = new Maildrop();
        Pop3Remote remote = drop.remote()) {
      assertThat(remote.serverId(INBOX, "u12 a b/c")).contains(new ServerId.Pop3Uidl("a b/c"));
      assertThat(remote.serverId(INBOX, "h12 abcdef")).isEmpty();
    }
  }
}

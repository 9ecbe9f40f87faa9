// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.MailboxConfig;
import dev.mailbox.Residence;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContractsTest {
  private final MailboxContract contract = new WithoutProvider();

  @Test
  void allRulesArePartOfTheOneContract() {
    assertThat(rules(MailboxContract.class)).hasSizeGreaterThan(250).doesNotHaveDuplicates();
  }

  @Test
  void rulesOfResidentMailComeOnTop() {
    List<String> rules = new ArrayList<>(rules(ServerResidentContract.class));
    assertThat(rules).hasSizeGreaterThanOrEqualTo(40);
    rules.addAll(rules(MailboxContract.class));
    assertThat(rules).doesNotHaveDuplicates();
  }

  private static List<String> rules(Class<?> contract) {
    return Arrays.stream(contract.getInterfaces())
        .flatMap(theme -> Arrays.stream(theme.getDeclaredMethods()))
        .filter(method -> method.isAnnotationPresent(Test.class))
        .map(Method::getName)
        .toList();
  }

  @Test
  void equalityIsCheckedOnManyMailsBySome50Searches() {
    assertThat(EqualityQueries.all()).hasSizeGreaterThan(50).doesNotHaveDuplicates();
    List<String> mails = new ArrayList<>();
    List<Instant> arrivals = new ArrayList<>();
    ProtocolEquality.deliver(
        (raw, arrival) -> {
          mails.add(Reading.text(raw));
          arrivals.add(arrival);
        });
    assertThat(mails)
        .hasSizeGreaterThan(25)
        .doesNotHaveDuplicates()
        .allMatch(mail -> mail.startsWith("Received: from relay"));
    assertThat(arrivals).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void rulesOfValuesHold() {
    contract.pathIsReadBackAsItWasPrinted();
    contract.inboxIsTheSameInAnyCase();
    contract.controlCharactersInANameAreRefused();
    contract.emptySegmentsAndOverlongNamesAreRefused();
    contract.nameThatIsNoHeaderFieldIsRefused();
  }

  @Test
  void rulesOfBadInputHold() {
    contract.configurationShowsNoSecret();
    contract.lineBreaksInAUserOrPasswordAreRefusedByName();
    contract.lineBreaksInAKeywordAreRefusedByName();
    contract.textsThatAreNoIdsAreRefused();
    contract.urlsThatNameNoMailboxAreRefusedWithoutShowingASecret();
    contract.incompleteConfigurationIsRefused();
    contract.removalWithoutAStoreOnDiskIsRefusedWhenTheConfigurationIsBuilt();
  }

  @Test
  void ruleThatNeedsAMailboxFailsWithoutOne() {
    assertThatThrownBy(contract::openingNeedsNoServer).hasMessageContaining("provider");
  }

  @Test
  void accountsHaveUsersAndDirectoriesOfTheirOwn() {
    try (Account first = Account.of(contract);
        Account second = Account.of(contract)) {
      assertThat(first.user()).matches("[a-z0-9]{1,30}").isNotEqualTo(second.user());
      assertThat(first.store()).isNotEqualTo(second.store());
      assertThat(first.directory("other")).isNotEqualTo(first.store());
    }
  }

  @Test
  void mailHasCrlfLineEndsAndItsDates() {
    Mail mail = Mail.of("Grüße").field("X-A: 1").body("one\ntwo\n").sent("2026-01-02T03:04:05Z");

    String raw = Reading.text(mail.bytes(Instant.parse("2026-11-02T10:00:00Z")));

    assertThat(raw.replace("\r\n", "")).doesNotContain("\r", "\n");
    assertThat(raw).contains("; Mon, 2 Nov 2026 10:00:00 +0000\r\n");
    assertThat(raw).contains("Date: Fri, 2 Jan 2026 03:04:05 +0000\r\n");
    assertThat(raw)
        .endsWith(
            "X-A: 1\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8"
                + "\r\n\r\none\r\ntwo\r\n");
  }

  @Test
  void deadPortRefusesConnections() throws IOException {
    try (DeadPort port = new DeadPort()) {
      assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port.number()).close())
          .isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void backgroundGivesResultsAndFailures() {
    assertThat(Background.start(() -> "done").result()).isEqualTo("done");
    IOException problem = new IOException("no");
    assertThat(
            Background.start(
                    () -> {
                      throw problem;
                    })
                .failure())
        .isSameAs(problem);
  }

  /** Configurations of a server that does not exist; there is no provider in this module. */
  private static final class WithoutProvider implements MailboxContract {
    @Override
    public ContractServer server() {
      return new NoServer();
    }

    @Override
    public Path directory() {
      return Path.of("target");
    }
  }

  private static final class NoServer implements ContractServer {
    @Override
    public String displayName() {
      return "none";
    }

    @Override
    public MailboxConfig.Builder config(String user) {
      return MailboxConfig.at("pop3s://127.0.0.1:1").login(user, "password");
    }

    @Override
    public void deliver(String user, byte[] rawMessage) {
      throw new AssertionError("there is no server");
    }

    @Override
    public List<byte[]> held(String user) {
      return List.of();
    }

    @Override
    public Residence residence() {
      return Residence.LOCAL;
    }

    @Override
    public void close() {}
  }
}

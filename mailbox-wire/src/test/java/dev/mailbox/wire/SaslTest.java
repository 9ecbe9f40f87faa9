// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SaslTest {
  private static final byte[] NOTHING = {};
  private static final Endpoint SERVER =
      new Endpoint("mail.example.org", 993, Security.IMPLICIT_TLS);

  @Test
  void plainSendsUserAndPasswordAtOnce() {
    Sasl plain = Sasl.plain("alice", "p\u00e4ss word");

    assertThat(plain.name()).isEqualTo("PLAIN");
    assertThat(text(plain.initialResponse())).isEqualTo("\0alice\0p\u00e4ss word");
    assertThat(plain.answer(NOTHING)).isEmpty();
  }

  @Test
  void loginAnswersTwoChallengesWhateverTheySay() {
    Sasl login = Sasl.login("alice", "secret");

    assertThat(login.initialResponse()).isEmpty();
    assertThat(text(login.answer("Username:".getBytes(StandardCharsets.US_ASCII))))
        .isEqualTo("alice");
    assertThat(text(login.answer(NOTHING))).isEqualTo("secret");
    assertThat(login.answer(NOTHING)).isEmpty();
  }

  @Test
  void xoauth2AnswersARefusalWithNothing() {
    Sasl sasl = Sasl.xoauth2("alice@example.org", "ya29.token");

    assertThat(text(sasl.initialResponse()))
        .isEqualTo("user=alice@example.org\1auth=Bearer ya29.token\1\1");
    assertThat(sasl.refusal()).isEmpty();
    assertThat(text(sasl.answer("{\"status\":\"400\"}".getBytes(StandardCharsets.US_ASCII))))
        .isEmpty();
    assertThat(sasl.refusal()).contains("{\"status\":\"400\"}");
    assertThat(sasl.answer(NOTHING)).isEmpty();
  }

  @Test
  void oauthBearerNamesTheServerAndAnswersARefusalWithTheDummy() {
    Sasl sasl = Sasl.oauthBearer("a=b,c@example.org", "token", SERVER);

    assertThat(text(sasl.initialResponse()))
        .isEqualTo(
            "n,a=a=3Db=2Cc@example.org,\1host=mail.example.org\1port=993\1auth=Bearer token\1\1");
    assertThat(sasl.answer("{}".getBytes(StandardCharsets.US_ASCII))).contains(new byte[] {1});
    assertThat(sasl.answer(NOTHING)).isEmpty();
  }

  @Test
  void refusalIsPrintableAndBoundedAndWithoutTheToken() {
    Sasl sasl = Sasl.oauthBearer("alice", "tok3n", SERVER);

    sasl.answer(("bad\u001b[1m tok3n " + "x".repeat(5000)).getBytes(StandardCharsets.UTF_8));

    assertThat(sasl.refusal().orElseThrow())
        .startsWith("bad\\x1b[1m *** xxx")
        .hasSizeLessThan(1100)
        .doesNotContain("tok3n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\0b"})
  void nulAndNothingAreRefused(String bad) {
    refuses("user name", () -> Sasl.plain(bad, "x"));
    refuses("password", () -> Sasl.plain("x", bad));
    refuses("user name", () -> Sasl.login(bad, "x"));
    refuses("password", () -> Sasl.login("x", bad));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\rb", "a\nb", "a\1b", "a\0b"})
  void controlsInBearerFieldsAreRefused(String bad) {
    refuses("token", () -> Sasl.xoauth2("alice", bad));
    refuses("token", () -> Sasl.oauthBearer("alice", bad, SERVER));
    refuses("user name", () -> Sasl.xoauth2(bad, "token"));
    refuses("user name", () -> Sasl.oauthBearer(bad, "token", SERVER));
  }

  static Stream<Sasl> all() {
    return Stream.of(
        Sasl.plain("alice", "c4nary"),
        Sasl.login("alice", "c4nary"),
        Sasl.xoauth2("alice", "c4nary"),
        Sasl.oauthBearer("alice", "c4nary", SERVER));
  }

  @ParameterizedTest
  @MethodSource("all")
  void textNamesTheMechanismOnly(Sasl sasl) {
    assertThat(sasl).hasToString(sasl.name());
    assertThat(sasl.secret()).isEqualTo("c4nary");
  }

  private static void refuses(
      String name, org.assertj.core.api.ThrowableAssert.ThrowingCallable c) {
    assertThatThrownBy(c)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name + " must not ");
  }

  private static String text(Optional<byte[]> bytes) {
    return new String(bytes.orElseThrow(), StandardCharsets.UTF_8);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {
  private static final String CANARY = "c4nary";

  static Stream<String> hostile() {
    Stream<String> controls =
        IntStream.concat(IntStream.range(0, 0x20), IntStream.range(0x7f, 0xa0))
            .mapToObj(Character::toString);
    return Stream.concat(controls, Stream.of("\r\nDELE 1\r\n", "\ud800", "\udc00x"))
        .map(bad -> CANARY + bad + CANARY);
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void nothingThatCouldEndTheLineOrChangeOnTheWayGetsThrough(String hostile) {
    refuses(builder -> builder.word("user name", hostile));
    refuses(builder -> builder.text("user name", hostile));
    refuses(builder -> builder.secret("user name", hostile));
    refuses(builder -> builder.atom("user name", hostile));
    refuses(builder -> builder.flag("user name", hostile));
    refuses(builder -> builder.set("user name", hostile));
  }

  @Test
  void emptyArgumentsAreRefused() {
    refuses(builder -> builder.word("user name", ""));
    refuses(builder -> builder.text("user name", ""));
    refuses(builder -> builder.secret("user name", ""));
    refuses(builder -> builder.atom("user name", ""));
    refuses(builder -> builder.flag("user name", "\\"));
    refuses(builder -> builder.set("user name", ""));
  }

  @Test
  void wordHasNoSpaceAndTheRestOfALineMay() throws IOException {
    refuses(builder -> builder.word("user name", "a b"));
    assertThat(bytes(Command.named("USER").text("user name", "a b").build()))
        .isEqualTo("USER a b\r\n");
    assertThat(bytes(Command.named("PASS").secret("password", " a b ").build()))
        .isEqualTo("PASS  a b \r\n");
  }

  @Test
  void eightBitTextGoesAsUtf8() throws IOException {
    Command command = Command.named("USER").word("user name", "j\u00fcrgen\ud83d\ude00").build();

    assertThat(bytes(command)).isEqualTo("USER j\u00c3\u00bcrgen\u00f0\u009f\u0098\u0080\r\n");
    assertThat(command).hasToString("USER j\\xc3\\xbcrgen\\xf0\\x9f\\x98\\x80");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A B", "A\r\n", "1A", "\u00c4", "A\u0000", "A;B", "A\"B"})
  void keywordThatIsNotOneIsRefused(String keyword) {
    assertThatThrownBy(() -> Command.named(keyword)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Command.tagged(keyword + " ", "NOOP", Literals.AT_ONCE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void numbersAreNotNegative() throws IOException {
    assertThat(bytes(Command.named("TOP").number(Long.MAX_VALUE).number(0).build()))
        .isEqualTo("TOP 9223372036854775807 0\r\n");
    assertThatThrownBy(() -> Command.named("TOP").number(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void secretIsNeverShown() {
    Command command = Command.named("PASS").secret("password", CANARY).build();

    assertThat(command).hasToString("PASS ***");
    assertThat(command.isSecret()).isTrue();
    assertThat(command.segments()).isEqualTo(1);
    assertThat(command.sizeInBytes()).isEqualTo(13);
  }

  @Test
  void saslInitialResponseIsBase64AndHidden() throws IOException {
    Sasl plain = Sasl.plain("alice", CANARY);
    Command command = Command.named("AUTH").sasl(plain).build();

    assertThat(bytes(command)).isEqualTo("AUTH PLAIN AGFsaWNlAGM0bmFyeQ==\r\n");
    assertThat(command).hasToString("AUTH PLAIN ***");
    assertThat(bytes(Command.named("AUTH").sasl(Sasl.login("a", "b")).build()))
        .isEqualTo("AUTH LOGIN\r\n");
    assertThat(bytes(Command.saslAnswer(plain, new byte[0]))).isEqualTo("\r\n");
    assertThat(bytes(Command.saslAnswer(plain, new byte[] {1}))).isEqualTo("AQ==\r\n");
    assertThat(bytes(Command.saslCancel())).isEqualTo("*\r\n");
  }

  @Test
  void imapStringIsQuotedOrBecomesALiteral() throws IOException {
    assertThat(imap(b -> b.string("folder", ""))).isEqualTo("a1 X \"\"\r\n");
    assertThat(imap(b -> b.string("folder", "a \\ \"b\"")))
        .isEqualTo("a1 X \"a \\\\ \\\"b\\\"\"\r\n");
    assertThat(imap(b -> b.string("folder", "a\r\nb"))).isEqualTo("a1 X {4+}\r\na\r\nb\r\n");
    assertThat(imap(b -> b.string("folder", "\u00fc"))).isEqualTo("a1 X {2+}\r\n\u00c3\u00bc\r\n");
    refuses(builder -> builder.string("user name", "a\0b"));
    refuses(builder -> builder.string("user name", "\ud800"));
  }

  @Test
  void imapSecretIsHiddenAsQuotedStringAndAsLiteral() throws IOException {
    for (String secret : new String[] {CANARY + "\"", CANARY + "\u00fc"}) {
      Command command =
          Command.tagged("a1", "LOGIN", Literals.SYNCHRONIZING)
              .string("user name", "alice")
              .secretString("password", secret)
              .build();
      assertThat(command.toString()).startsWith("a1 LOGIN \"alice\" ").endsWith("***");
      assertThat(command.toString()).doesNotContain(CANARY);
    }
  }

  @Test
  void imapPartsAreSeparatedByOneSpace() throws IOException {
    assertThat(
            imap(
                b ->
                    b.set("messages", "1:5,7:*")
                        .open()
                        .item("UID")
                        .item("BODY.PEEK[HEADER.FIELDS (DATE FROM)]<0.100>")
                        .open()
                        .flag("flag", "\\Seen")
                        .flag("flag", "$Junk")
                        .close()
                        .close()
                        .atom("folder", "INBOX")))
        .isEqualTo(
            "a1 X 1:5,7:* (UID BODY.PEEK[HEADER.FIELDS (DATE FROM)]<0.100> (\\Seen $Junk))"
                + " INBOX\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UID FLAGS", "BODY[", "BODY[]<0", "BODY[\"x\"]", "BODY[]\r\nX", "(UID)"})
  void imapItemIsNotADoorForRawText(String item) {
    assertThatThrownBy(() -> Command.named("X").item(item))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void literalWaitsAsTheServerAllows() {
    assertThat(Literals.SYNCHRONIZING.waits(1)).isTrue();
    assertThat(Literals.SMALL_AT_ONCE.waits(4096)).isFalse();
    assertThat(Literals.SMALL_AT_ONCE.waits(4097)).isTrue();
    assertThat(Literals.AT_ONCE.waits(Long.MAX_VALUE)).isFalse();
  }

  private static void refuses(Consumer<Command.Builder> part) {
    assertThatThrownBy(() -> part.accept(Command.named("X")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("user name ")
        .hasMessageNotContaining(CANARY)
        .message()
        .doesNotContainPattern("[\\x00-\\x1f]");
  }

  private static String imap(Consumer<Command.Builder> parts) throws IOException {
    Command.Builder builder = Command.tagged("a1", "X", Literals.AT_ONCE);
    parts.accept(builder);
    return bytes(builder.build());
  }

  private static String bytes(Command command) throws IOException {
    FakeTransport server = new FakeTransport();
    server.secure = true;
    ByteWriter writer = server.writer();
    writer.write(command);
    writer.flush();
    return server.sent();
  }
}

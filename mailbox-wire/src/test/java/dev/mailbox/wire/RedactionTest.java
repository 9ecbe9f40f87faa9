// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server that echoes what it gets, in clear text and in Base64, does not make it visible. */
@Timeout(20)
class RedactionTest {
  private static final String CANARY = "c4nary-p4ssword!";
  private static final Endpoint SERVER = new Endpoint("h", 1, Security.NONE);

  static Stream<Command> commands() {
    Sasl plain = Sasl.plain("alice", CANARY);
    Sasl login = Sasl.login("alice", CANARY);
    return Stream.of(
        Command.named("PASS").secret("password", CANARY).build(),
        Command.named("AUTH").sasl(plain).build(),
        Command.saslAnswer(login, CANARY.getBytes(StandardCharsets.US_ASCII)),
        Command.named("AUTH").sasl(Sasl.xoauth2("alice", CANARY)).build(),
        Command.named("AUTH").sasl(Sasl.oauthBearer("alice", CANARY, SERVER)).build(),
        Command.tagged("a1", "LOGIN", Literals.AT_ONCE)
            .string("user name", "alice")
            .secretString("password", CANARY)
            .build());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void canaryIsNowhere(Command command) throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    try (TestServer server =
            TestServer.running(
                peer -> {
                  String line = peer.line();
                  String last = line.substring(line.lastIndexOf(' ') + 1);
                  peer.send("-ERR " + line + " / " + last + " / " + CANARY + "\r\n");
                  peer.send("-ERR " + base64(CANARY) + "\r\n");
                });
        Connection connection =
            Connection.to(
                server
                    .options(Security.NONE)
                    .allowCleartextSecrets(true)
                    .trafficListener(heard::add)
                    .build())) {
      connection.connect();
      connection.writer().write(command);
      connection.writer().flush();
      assertThat(connection.reader().readLine().text()).contains(CANARY);
      connection.reader().readLine();
      var error = catchThrowableOfType(WireException.class, () -> connection.reader().readLine());

      clean(command.toString());
      clean(connection.transcript().toString());
      clean(String.join("\n", heard));
      clean(String.join("\n", error.transcript()));
      clean(stackTrace(error));
      assertThat(heard).endsWith("-- close").hasSize(4);
      assertThat(heard.subList(0, 3)).allMatch(line -> line.contains("***"));
    }
  }

  private static void clean(String text) {
    assertThat(text)
        .doesNotContain(CANARY)
        .doesNotContain(base64(CANARY))
        .doesNotContain(base64("\0alice\0" + CANARY))
        .doesNotContain(base64("user=alice\1auth=Bearer " + CANARY + "\1\1"));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String stackTrace(Throwable error) {
    StringWriter out = new StringWriter();
    error.printStackTrace(new PrintWriter(out));
    return out.toString();
  }
}

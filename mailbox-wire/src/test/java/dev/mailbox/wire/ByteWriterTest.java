// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ByteWriterTest {
  private final FakeTransport server = new FakeTransport();
  private final ByteWriter writer = server.writer();

  private record Letters(long size, int actual) implements Payload {
    @Override
    public void writeTo(OutputStream out) throws IOException {
      byte[] bytes = new byte[actual];
      Arrays.fill(bytes, (byte) 'x');
      out.write(bytes);
    }
  }

  @Test
  void commandsWaitForTheFlush() throws Exception {
    writer.write(Command.named("DELE").number(1).build());
    writer.write(Command.named("DELE").number(2).build());
    assertThat(server.sent()).isEmpty();
    assertThat(writer.buffered()).isEqualTo(16);

    writer.flush();

    assertThat(server.sent()).isEqualTo("DELE 1\r\nDELE 2\r\n");
    assertThat(writer.buffered()).isZero();
    assertThat(writer.written()).isEqualTo(16);
    assertThat(server.scene.transcript().lines()).containsExactly("C: DELE 1", "C: DELE 2");
  }

  @Test
  void commandLongerThanTheBufferArrivesWhole() throws Exception {
    String name = "n".repeat(200_000);

    writer.write(Command.named("USER").word("user name", name).build());
    writer.flush();

    assertThat(server.sent()).isEqualTo("USER " + name + "\r\n");
  }

  @Test
  void secretInClearTextIsRefusedAndNothingIsWritten() throws Exception {
    Command pass = Command.named("PASS").secret("password", "hunter2hunter2").build();

    assertThatThrownBy(() -> writer.write(pass))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a secret must not be sent without TLS");
    writer.flush();

    assertThat(server.sent()).isEmpty();
    assertThat(server.scene.transcript().lines()).isEmpty();
  }

  @Test
  void secretGoesOverTls() throws Exception {
    server.secure = true;

    writer.write(Command.named("PASS").secret("password", "hunter2 hunter2").build());
    writer.flush();

    assertThat(server.sent()).isEqualTo("PASS hunter2 hunter2\r\n");
    assertThat(server.scene.transcript().lines()).containsExactly("C: PASS ***");
  }

  @Test
  void synchronizingLiteralStopsForTheGoAhead() throws Exception {
    Command append =
        Command.tagged("a1", "APPEND", Literals.SYNCHRONIZING)
            .string("folder", "In\"box")
            .literal(new Letters(5, 5))
            .build();

    assertThat(append.segments()).isEqualTo(2);
    assertThatThrownBy(() -> writer.write(append)).isInstanceOf(IllegalArgumentException.class);
    writer.write(append, 0);
    writer.flush();
    assertThat(server.sent()).isEqualTo("a1 APPEND \"In\\\"box\" {5}\r\n");
    writer.write(append, 1);
    writer.flush();

    assertThat(server.sent()).endsWith("{5}\r\nxxxxx\r\n").hasSize((int) append.sizeInBytes());
    assertThatThrownBy(() -> writer.write(append, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(server.scene.transcript().toString())
        .isEqualTo("C: a1 APPEND \"In\\\"box\" {5}\nC: <5 bytes>");
  }

  @Test
  void nonSynchronizingLiteralGoesAtOnce() throws Exception {
    Command append =
        Command.tagged("a1", "APPEND", Literals.AT_ONCE)
            .literal(new Letters(100_000, 100_000))
            .build();

    writer.write(append);
    writer.flush();

    assertThat(server.sent()).startsWith("a1 APPEND {100000+}\r\nxxx").endsWith("x\r\n");
    assertThat(append).hasToString("a1 APPEND {100000+} <100000 bytes>");
  }

  @Test
  void payloadOfAnotherLengthEndsTheConnection() {
    for (int actual : new int[] {4, 6}) {
      FakeTransport other = new FakeTransport();
      Command append =
          Command.tagged("a1", "APPEND", Literals.AT_ONCE).literal(new Letters(5, actual)).build();

      assertThatThrownBy(() -> other.writer().write(append))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("payload");
      assertThat(other.failure).isNotNull();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mailbox.wire.LimitExceededException.Limit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteReaderTest {
  private static final int KIB = 1024;
  private final FakeTransport server = new FakeTransport();

  @Test
  void linesEndWithCrLfOrLfAndSayWhich() throws Exception {
    ByteReader reader = server.arrive("+OK a\r\n+OK b\n\r\n\n\r\r\n").reader();

    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Slice line = reader.readLine();
      lines.add(line.text() + (line.endedByBareLf() ? "|LF" : "|CRLF"));
    }

    assertThat(lines).containsExactly("+OK a|CRLF", "+OK b|LF", "|CRLF", "|LF", "\r|CRLF");
  }

  @Test
  void lineIsTheSameWhereverItIsSplit() throws Exception {
    String text = "+OK 1 first\r\n+OK 2 second\r\nrest";
    for (int first = 0; first <= text.length(); first++) {
      for (int second = first; second <= text.length(); second++) {
        FakeTransport pieces = new FakeTransport();
        pieces.arrive(
            text.substring(0, first), text.substring(first, second), text.substring(second));
        ByteReader reader = pieces.reader();
        assertThat(reader.readLine().text()).isEqualTo("+OK 1 first");
        assertThat(reader.readDataLine().text()).isEqualTo("+OK 2 second");
        assertThat(reader.readBytes(4)).asString().isEqualTo("rest");
        assertThat(reader.consumed()).isEqualTo(text.length());
      }
    }
  }

  @Test
  void linesOfRandomLengthsSurviveRandomSplits() throws Exception {
    Random random = new Random(42);
    for (int round = 0; round < 20; round++) {
      List<String> lines = new ArrayList<>();
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < 200; i++) {
        String line = "x".repeat(random.nextInt(random.nextInt(2000) + 1));
        lines.add(line);
        all.append(line).append(random.nextBoolean() ? "\r\n" : "\n");
      }
      FakeTransport pieces = new FakeTransport();
      for (int at = 0; at < all.length(); ) {
        int next = Math.min(all.length(), at + 1 + random.nextInt(3000));
        pieces.arrive(all.substring(at, next));
        at = next;
      }
      ByteReader reader = pieces.reader();
      for (String line : lines) {
        assertThat(reader.readDataLine().text()).isEqualTo(line);
      }
    }
  }

  @Test
  void lineAtTheLimitIsReadAndOneMoreByteIsRefused() throws Exception {
    for (int limit : new int[] {10, 64 * KIB - 2, 64 * KIB, 64 * KIB + 1, KIB * KIB}) {
      Limits limits = Limits.builder().lineBytes(limit).build();
      String longest = "x".repeat(limit);
      ByteReader good = new FakeTransport().arrive(longest + "\r\n").reader(limits);
      assertThat(good.readLine().length()).isEqualTo(limit);

      FakeTransport bad = new FakeTransport().arrive(longest + "x\r\n");
      var error =
          catchThrowableOfType(LimitExceededException.class, () -> bad.reader(limits).readLine());
      assertThat(error.limit()).isEqualTo(Limit.LINE);
      assertThat(error.limitInBytes()).isEqualTo(limit);
      assertThat(bad.failure).isSameAs(error);
    }
  }

  @Test
  void bufferThatGrewForALineIsNotKept() throws Exception {
    Limits limits = Limits.forImap();
    ByteReader reader =
        server.arrive("x".repeat(300 * KIB) + "\r\n").arrive("short\r\n").reader(limits);

    assertThat(reader.readLine().array()).hasSizeGreaterThan(Buffers.SIZE);
    assertThat(reader.readLine().array()).hasSize(Buffers.SIZE);
  }

  @Test
  void chunksGiveEveryByteOnceAtEverySplit() throws Exception {
    String text = "a..b\r\n.\r\n+OK next\r\n";
    for (int split = 0; split <= text.length(); split++) {
      for (int step = 1; step <= text.length(); step++) {
        FakeTransport pieces =
            new FakeTransport().arrive(text.substring(0, split), text.substring(split));
        ByteReader reader = pieces.reader();
        StringBuilder got = new StringBuilder();
        while (got.length() < 9) {
          Slice chunk = reader.chunk();
          int count = Math.min(step, Math.min(chunk.length(), 9 - got.length()));
          got.append(chunk.text(), 0, count);
          reader.consume(count);
        }
        assertThat(got.toString()).isEqualTo(text.substring(0, 9));
        assertThat(reader.readLine().text()).isEqualTo("+OK next");
      }
    }
  }

  @Test
  void consumingMoreThanTheChunkIsMisuse() throws Exception {
    ByteReader reader = server.arrive("abc").reader();
    int length = reader.chunk().length();

    assertThatThrownBy(() -> reader.consume(length + 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(reader.buffered()).isEqualTo(3);
  }

  @Test
  void exactBytesGoToTheSinkAndNoMore() throws Exception {
    byte[] literal = new byte[200 * KIB];
    new Random(1).nextBytes(literal);
    ByteReader reader = server.arrive("{204800}\r\n").arrive(literal).arrive(")\r\n").reader();
    ByteArrayOutputStream sink = new ByteArrayOutputStream();

    reader.readLine();
    reader.readTo(sink, literal.length);

    assertThat(sink.toByteArray()).isEqualTo(literal);
    assertThat(reader.readLine().text()).isEqualTo(")");
    assertThat(server.scene.transcript().lines())
        .containsExactly("S: {204800}", "S: <204800 bytes>", "S: )");
  }

  @Test
  void failureOfTheSinkIsNotAFailureOfTheServer() {
    ByteReader reader = server.arrive("abc").reader();
    IOException full = new IOException("disk full");
    OutputStream sink =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw full;
          }
        };

    assertThatThrownBy(() -> reader.readTo(sink, 3)).isSameAs(full);
    assertThat(server.failure).isNull();
  }

  @Test
  void literalBeyondTheLimitIsRefusedBeforeMemoryIsTaken() {
    var error =
        catchThrowableOfType(
            LimitExceededException.class, () -> server.reader().readBytes(Integer.MAX_VALUE));

    assertThat(error.limit()).isEqualTo(Limit.LITERAL);
  }

  @Test
  void replyBeyondItsLimitIsRefused() throws Exception {
    ByteReader reader = server.arrive("12345678\r\n".repeat(4)).reader();
    reader.readLine();
    reader.limitReply(20);
    reader.readLine();
    reader.readLine();

    var error = catchThrowableOfType(LimitExceededException.class, reader::readLine);

    assertThat(error.limit()).isEqualTo(Limit.REPLY);
    assertThat(error).hasMessageContaining("20 bytes");
  }

  @Test
  void endWithinALineIsReportedAndTheHalfLineIsNotGiven() {
    ByteReader reader = server.arrive("+OK half a li").reader();

    assertThatThrownBy(reader::readLine)
        .isInstanceOf(PeerClosedException.class)
        .hasMessage("fake.example:1: the server closed the connection");
  }

  @Test
  void sliceLooksWithoutCopying() throws Exception {
    Slice line = server.arrive("skip\r\n+OK f\u00fc\u00c3\u00bc\r\n").reader().readLine();
    assertThat(line.startsWith("skip")).isTrue();
    assertThat(line.startsWith("skipped")).isFalse();

    line = server.arrive("+OK f\u00c3\u00bc \u00ff\r\n").reader().readLine();

    assertThat(line.utf8()).isEqualTo("+OK f\u00fc \ufffd");
    assertThat(line.text()).isEqualTo("+OK f\u00c3\u00bc \u00ff");
    assertThat(line.copy()).isEqualTo(line.text().getBytes(StandardCharsets.ISO_8859_1));
    assertThat(line.at(line.length() - 1)).isEqualTo(0xff);
    assertThat(line.indexOf((byte) ' ', 4)).isEqualTo(7);
    assertThat(line.indexOf((byte) '!', 0)).isEqualTo(-1);
    assertThat(line).hasToString("<9 bytes>");
    Slice seen = line;
    assertThatThrownBy(() -> seen.at(9)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void byteIsFoundAtEveryPlaceAmongAllOthers() {
    for (int value = 0; value < 256; value++) {
      byte wanted = (byte) value;
      for (int at = 0; at < 20; at++) {
        byte[] bytes = new byte[20];
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) (i < at ? value + 1 + i % 255 : value);
        }
        assertThat(Slice.find(bytes, 0, 20, wanted)).isEqualTo(at);
        assertThat(Slice.find(bytes, 0, at, wanted)).isEqualTo(-1);
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TransferDecoderTest {
  private static TransferDecoder decoder(String encoding) {
    return TransferEncoding.named(encoding, new Defects()).decoder().orElseThrow();
  }

  private static byte[] decoded(TransferDecoder decoder, byte[] encoded, int piece) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < encoded.length; i += piece) {
      int count = Math.min(piece, encoded.length - i);
      byte[] target = new byte[decoder.maxDecoded(count)];
      out.write(target, 0, decoder.decode(encoded, i, count, target));
    }
    byte[] target = new byte[decoder.maxDecoded(0)];
    out.write(target, 0, decoder.finish(target));
    return out.toByteArray();
  }

  private static void check(String encoding, String escaped, String expected, boolean damaged) {
    byte[] encoded = Mails.latin1(unescaped(escaped));
    for (int piece = 1; piece <= encoded.length + 1; piece++) {
      TransferDecoder decoder = decoder(encoding);
      assertThat(new String(decoded(decoder, encoded, piece), StandardCharsets.ISO_8859_1))
          .as("pieces of %d", piece)
          .isEqualTo(unescaped(expected));
      assertThat(decoder.isDamaged()).isEqualTo(damaged);
    }
  }

  private static String unescaped(String text) {
    return text.replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t");
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "YWJj | abc | false",
        "YWI= | ab | false",
        "YQ== | a | false",
        "YW\\r\\n Jj\\r\\n | abc | false",
        "YWI | ab | true",
        "Y | `` | true",
        "`` | `` | false",
        "Y!W-Jj | abc | true",
        "YQ==\\r\\nYmM=\\r\\n | abc | true",
        "YQ==\\r\\n_____\\r\\na footer line\\r\\n | a | true",
        "YQ==\\r\\nnot-four!\\r\\n | a | true",
        "YQ=\\r\\n=\\r\\n | a | true",
        "=YQ== | a | true",
        "YQ===== | a | false",
      })
  void decodesBase64(String encoded, String expected, boolean damaged) {
    check("base64", encoded, expected, damaged);
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "abc | abc | false",
        "a=3Db | a=b | false",
        "a=c3=A4 | aÃ¤ | false",
        "a=\\r\\nb | ab | false",
        "a=\\nb | ab | false",
        "a= \\t\\r\\nb | ab | false",
        "a  \\r\\nb | a\\r\\nb | false",
        "a b\\tc | a b\\tc | false",
        "a= | a | false",
        "a=3 | a=3 | true",
        "a=XYb | a=XYb | true",
        "a=4Xb | a=4Xb | true",
        "a==41 | a=A | true",
        "a= b | a=b | true",
      })
  void decodesQuotedPrintable(String encoded, String expected, boolean damaged) {
    check("quoted-printable", encoded, expected, damaged);
  }

  @ParameterizedTest
  @ValueSource(strings = {"base64", "quoted-printable"})
  void aSecondOpinionAgreesOnWhatIsEncodedByTheStandard(String encoding)
      throws IOException, MessagingException {
    Random random = new Random(64);
    for (int size : new int[] {0, 1, 2, 3, 56, 57, 58, 75, 76, 77, 1_000, 8_191, 8_192, 100_000}) {
      byte[] data = new byte[size];
      for (int i = 0; i < size; i++) {
        // Line breaks are text to quoted-printable, so those of binary data may be changed.
        data[i] = (byte) (14 + random.nextInt(242));
      }
      ByteArrayOutputStream encoded = new ByteArrayOutputStream();
      try (OutputStream out = MimeUtility.encode(encoded, encoding)) {
        out.write(data);
      }
      assertThat(decoded(decoder(encoding), encoded.toByteArray(), 1 + random.nextInt(100)))
          .isEqualTo(data);
      try (InputStream stream =
          TransferEncoding.named(encoding, new Defects())
              .decode(new ByteArrayInputStream(encoded.toByteArray()), new Defects())) {
        assertThat(stream.readAllBytes()).isEqualTo(data);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1_023, 1_024, 1_025, 5_000})
  void spacesInsideALineAreKeptHoweverMany(int count) {
    String line = "a" + " ".repeat(count) + "b";
    assertThat(decoded(decoder("quoted-printable"), Mails.bytes(line), 700))
        .isEqualTo(Mails.bytes(line));
  }
}

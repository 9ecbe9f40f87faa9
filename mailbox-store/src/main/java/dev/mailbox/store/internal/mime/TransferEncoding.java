// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import dev.mailbox.content.Defect;
import java.io.InputStream;
import java.util.Optional;

/** How a body is encoded for transport (RFC 2045 section 6). */
enum TransferEncoding {
  IDENTITY,
  BASE64,
  QUOTED_PRINTABLE;

  /** The encoding of that name; one that is not known is left undecoded. */
  static TransferEncoding named(String name, Defects defects) {
    return switch (name) {
      case "base64" -> BASE64;
      case "quoted-printable" -> QUOTED_PRINTABLE;
      case "", "7bit", "8bit", "binary", "x-uuencode", "x-uue", "uuencode" -> IDENTITY;
      default -> {
        defects.add(Defect.Kind.ENCODING, "an unknown transfer encoding");
        yield IDENTITY;
      }
    };
  }

  Optional<TransferDecoder> decoder() {
    return switch (this) {
      case IDENTITY -> Optional.empty();
      case BASE64 -> Optional.of(new Base64Decoder());
      case QUOTED_PRINTABLE -> Optional.of(new QuotedPrintableDecoder());
    };
  }

  InputStream decode(InputStream encoded, Defects defects) {
    return decoder()
        .<InputStream>map(
            decoder -> new DecodingInputStream(encoded, decoder, () -> damaged(defects)))
        .orElse(encoded);
  }

  void damaged(Defects defects) {
    defects.add(Defect.Kind.ENCODING, "a body is not valid " + this);
  }

  @Override
  public String toString() {
    return this == BASE64 ? "base64" : this == QUOTED_PRINTABLE ? "quoted-printable" : "7bit";
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import dev.mailbox.content.Defect;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the text of a part. A charset that is missing, unknown, or US-ASCII with bytes above 127
 * is taken as UTF-8 if the text is valid as that, else as windows-1252.
 */
final class BodyText {
  private static final int PIECE = 8192;
  private static final char REPLACEMENT = '\uFFFD';

  private final CharsetDecoder decoder;
  private final int maxChars;
  private final StringBuilder out = new StringBuilder();
  private boolean malformed;
  private boolean cut;

  private BodyText(Charset charset, int maxChars) {
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    this.maxChars = maxChars;
  }

  /** The text of a part, no more than some number of characters. */
  static String read(Entity entity, int maxChars, Defects defects) {
    String declared = entity.header.charset();
    @Nullable Charset charset = Charsets.find(declared).orElse(null);
    if (charset != null) {
      return new BodyText(charset, maxChars).read(entity, defects, true);
    }
    boolean unknown = !declared.isEmpty() && !Charsets.isAscii(declared);
    if (unknown) {
      defects.add(Defect.Kind.CHARSET, "an unknown charset");
    }
    BodyText utf8 = new BodyText(StandardCharsets.UTF_8, maxChars);
    String text = utf8.read(entity, defects, false);
    if (!utf8.malformed) {
      return text;
    }
    if (!unknown) {
      defects.add(Defect.Kind.CHARSET, "a text that is not US-ASCII names no other charset");
    }
    return new BodyText(HeaderText.WINDOWS_1252, maxChars).read(entity, defects, true);
  }

  private String read(Entity entity, Defects defects, boolean tolerant) {
    try (InputStream in = entity.open(defects)) {
      decode(in, tolerant);
    } catch (IOException e) {
      throw IoFailures.unreadable(e);
    }
    if (cut && (tolerant || !malformed)) {
      defects.add(Defect.Kind.LIMIT, "a text is longer than " + maxChars + " characters");
    }
    if (malformed && tolerant) {
      defects.add(Defect.Kind.CHARSET, "a text is not valid " + decoder.charset());
    }
    boolean marked = out.length() > 0 && out.charAt(0) == '\uFEFF';
    return marked ? out.substring(1) : out.toString();
  }

  private void decode(InputStream in, boolean tolerant) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(PIECE);
    CharBuffer chars = CharBuffer.allocate(PIECE);
    boolean ended = false;
    while (!ended && !cut) {
      int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
      ended = count < 0;
      bytes.position(bytes.position() + Math.max(0, count)).flip();
      if (!decode(bytes, chars, ended, tolerant)) {
        return;
      }
      bytes.compact();
    }
    if (ended && !cut) {
      decoder.flush(chars);
      drain(chars);
    }
  }

  private boolean decode(ByteBuffer bytes, CharBuffer chars, boolean ended, boolean tolerant) {
    while (!cut) {
      CoderResult result = decoder.decode(bytes, chars, ended);
      drain(chars);
      if (result.isUnderflow()) {
        break;
      }
      if (result.isError()) {
        malformed = true;
        if (!tolerant) {
          return false;
        }
        bytes.position(bytes.position() + result.length());
        out.append(REPLACEMENT);
      }
    }
    return true;
  }

  private void drain(CharBuffer chars) {
    out.append(chars.flip());
    chars.clear();
    if (out.length() > maxChars) {
      cut = true;
      boolean splitsPair = maxChars > 0 && Character.isHighSurrogate(out.charAt(maxChars - 1));
      out.setLength(splitsPair ? maxChars - 1 : maxChars);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.content.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.junit.jupiter.api.Test;

/** Another parser finds the same parts, with the same bytes, in messages that are well formed. */
final class SecondOpinionTest {
  private static final List<String> TYPES =
      List.of("text/plain", "text/html; charset=utf-8", "image/png; name=x.png", "application/x");

  private final Random random = new Random(2046);
  private int boundaries;

  private String entity(int depth) {
    int kind = random.nextInt(depth > 5 ? 4 : 7);
    if (kind < 4) {
      return leaf(TYPES.get(kind));
    }
    if (kind == 4) {
      return "Content-Type: message/rfc822\r\n\r\n" + "Subject: inner\r\n" + entity(depth + 1);
    }
    String boundary = "=_" + boundaries++;
    StringBuilder text = new StringBuilder("Content-Type: multipart/mixed;\r\n\tboundary=\"");
    text.append(boundary).append("\"\r\n\r\n").append(random.nextBoolean() ? "preamble\r\n" : "");
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      text.append("--").append(boundary).append("\r\n").append(entity(depth + 1)).append("\r\n");
    }
    text.append("--").append(boundary).append("--");
    return text.append(random.nextBoolean() ? "\r\nepilogue" : "").toString();
  }

  private String leaf(String type) {
    byte[] data = new byte[random.nextInt(2_000)];
    random.nextBytes(data);
    boolean encoded = random.nextBoolean();
    String body =
        encoded
            ? Base64.getMimeEncoder().encodeToString(data)
            : new String(data, StandardCharsets.ISO_8859_1).replaceAll("[\r\n-]", "\r\n");
    String encoding = encoded ? "base64" : "8bit";
    return "Content-Type: "
        + type
        + "\r\nContent-Transfer-Encoding: "
        + encoding
        + "\r\n\r\n"
        + body;
  }

  private static void list(Part part, List<String> target) {
    boolean isMessage = part.contentType().equals("message/rfc822");
    if (part.children().isEmpty()) {
      target.add(part.contentType() + " " + Arrays.hashCode(Mails.read(part)));
    } else if (!isMessage) {
      target.add(part.contentType());
    }
    part.children().forEach(child -> list(child, target));
  }

  private static List<String> listByMime4j(byte[] message) throws IOException, MimeException {
    MimeTokenStream stream = new MimeTokenStream(MimeConfig.PERMISSIVE);
    stream.parse(new ByteArrayInputStream(message));
    List<String> target = new ArrayList<>();
    for (EntityState state = stream.getState();
        state != EntityState.T_END_OF_STREAM;
        state = stream.next()) {
      if (state == EntityState.T_START_MULTIPART) {
        target.add(stream.getBodyDescriptor().getMimeType());
      } else if (state == EntityState.T_BODY) {
        byte[] body = stream.getDecodedInputStream().readAllBytes();
        target.add(stream.getBodyDescriptor().getMimeType() + " " + Arrays.hashCode(body));
      }
    }
    return target;
  }

  @Test
  void partsAndBytesAreTheSame() throws IOException, MimeException {
    for (int i = 0; i < 300; i++) {
      byte[] message = Mails.latin1("Subject: s\r\n" + entity(0) + "\r\n");
      List<String> parts = new ArrayList<>();
      MimeContent content = Mails.content(message);
      list(content.root(), parts);
      assertThat(parts).isEqualTo(listByMime4j(message));
      assertThat(content.defects()).isEmpty();
    }
  }
}

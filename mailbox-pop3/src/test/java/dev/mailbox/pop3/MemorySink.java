// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.spi.MessageSink;
import dev.mailbox.spi.Receipt;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes one message into memory. */
final class MemorySink implements MessageSink {
  private static final Pattern DATE = Pattern.compile("(?m)^Date: (.*?)\r?$");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Runnable beforeWrite;
  private final Consumer<MemorySink> whenComplete;
  private boolean done;

  MemorySink(Runnable beforeWrite, Consumer<MemorySink> whenComplete) {
    this.beforeWrite = beforeWrite;
    this.whenComplete = whenComplete;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  @Override
  public void write(byte[] array, int offset, int length) {
    beforeWrite.run();
    bytes.write(array, offset, length);
  }

  @Override
  public Receipt receipt() {
    String text = bytes.toString(StandardCharsets.ISO_8859_1);
    int end = text.startsWith("\r\n") ? 2 : text.indexOf("\r\n\r\n") + 4;
    String header = end < 4 && !text.startsWith("\r\n") ? text : text.substring(0, end);
    return new Receipt(
        bytes.size(),
        sha256(bytes.toByteArray()),
        sha256(header.getBytes(StandardCharsets.ISO_8859_1)),
        date(header));
  }

  private static Instant date(String header) {
    Matcher matcher = DATE.matcher(header);
    return matcher.find()
        ? ZonedDateTime.parse(matcher.group(1), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant()
        : Instant.now();
  }

  static byte[] sha256(byte[] array) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(array);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void complete() {
    done = true;
    whenComplete.accept(this);
  }

  @Override
  public void abort() {
    if (!done) {
      bytes.reset();
    }
  }
}

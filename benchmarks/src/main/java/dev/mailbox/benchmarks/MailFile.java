// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.Locale;
import java.util.Random;

/**
 * Made-up messages in a temporary file, each as the whole reply to its RETR, one behind the other,
 * so that none of them is on the heap. Their sizes vary as those of mail do (log-normal); one in
 * four has a second part, and all have headers of their own. No line begins with a dot. The same
 * arguments give the same bytes.
 */
final class MailFile implements AutoCloseable {
  private static final byte[] OK = "+OK\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = ".\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final double SPREAD = 0.9;
  private static final int LARGEST = 120_000;
  private static final int HEADER = 1000;
  private static final int WORDS_IN_LINE = 11;
  private static final String[] WORDS =
      ("the of and to in is that it was for on are as with his they at be this from have or by one"
              + " had not but what all were when we there can an your which their said if do will"
              + " each about how up out them then she many some so these would other into has more"
              + " mailbox server message delivery invoice meeting schedule project report budget"
              + " deadline quarterly attached regards please review contract Zürich naïve")
          .split(" ");

  private final Path path;
  private final FileChannel channel;
  private final long[] starts;

  private MailFile(Path path, FileChannel channel, long[] starts) {
    this.path = path;
    this.channel = channel;
    this.starts = starts;
  }

  /** Makes so many messages of about that average size, in bytes. */
  static MailFile of(int count, int average) throws IOException {
    Path path = Files.createTempFile("mail", ".replies");
    var starts = new long[count + 1];
    var random = new Random(20240229);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 20)) {
      for (int i = 0; i < count; i++) {
        byte[] mail = mail(i, average, random).getBytes(StandardCharsets.UTF_8);
        out.write(OK);
        out.write(mail);
        out.write(END);
        starts[i + 1] = starts[i] + OK.length + mail.length + END.length;
      }
    }
    return new MailFile(path, FileChannel.open(path, StandardOpenOption.READ), starts);
  }

  private static String mail(int i, int average, Random random) {
    double median = Math.max(1, average - HEADER) / Math.exp(SPREAD * SPREAD / 2);
    int body = (int) Math.min(LARGEST, median * Math.exp(SPREAD * random.nextGaussian()));
    var mail = new StringBuilder(body + HEADER);
    String date =
        String.format(Locale.ROOT, "%d Jan 2024 10:%02d:%02d", 1 + i % 28, i % 60, i % 59);
    mail.append("Return-Path: <bounce-").append(i).append("@lists.example.org>\r\n");
    for (int hop = 1; hop <= 1 + i % 4; hop++) {
      mail.append("Received: from mx")
          .append(hop)
          .append(".example.net (mx.example.net\r\n\t[192.0.2.");
      mail.append(hop).append("]) by mail.example.org with ESMTP id ");
      mail.append(Long.toHexString(random.nextLong())).append(";\r\n\t").append(date);
      mail.append(" +0000\r\n");
    }
    mail.append("From: \"Sender ").append(i % 97).append("\" <sender").append(i % 97);
    mail.append(
        "@example.org>\r\nTo: bench@example.org, Team <team@example.org>\r\nSubject: =?UTF-8?B?");
    mail.append(base64(words(random, 6))).append("?= ").append(i).append("\r\nDate: ").append(date);
    mail.append(" +0000\r\nMessage-ID: <").append(Long.toHexString(random.nextLong())).append(i);
    mail.append("@example.org>\r\nReferences: <first").append(i % 1000);
    mail.append("@example.org>\r\n <second").append(i % 5000).append("@example.org>\r\n");
    mail.append("X-Mailer: bench\r\nMIME-Version: 1.0\r\n");
    body(mail, i, body, random);
    return mail.toString();
  }

  private static void body(StringBuilder mail, int i, int size, Random random) {
    if (i % 4 != 0) {
      mail.append("Content-Type: text/plain; charset=utf-8\r\n\r\n");
      text(mail, size, random);
      return;
    }
    mail.append("Content-Type: multipart/mixed; boundary=\"b").append(i).append("\"\r\n\r\n--b");
    mail.append(i).append("\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n");
    text(mail, size / 2, random);
    mail.append("--b").append(i).append("\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>");
    text(mail, size / 2, random);
    mail.append("</p>\r\n--b").append(i).append("--\r\n");
  }

  private static void text(StringBuilder mail, int size, Random random) {
    int end = mail.length() + size;
    while (mail.length() < end) {
      mail.append(words(random, WORDS_IN_LINE)).append("\r\n");
    }
  }

  private static String words(Random random, int count) {
    var words = new StringBuilder();
    for (int i = 0; i < count; i++) {
      words.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
    }
    return words.toString();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  int count() {
    return starts.length - 1;
  }

  FileChannel channel() {
    return channel;
  }

  /** Where the reply with the message of that index begins; that of the count is the end. */
  long start(int index) {
    return starts[index];
  }

  /** Bytes of the message itself. */
  int size(int index) {
    return (int) (starts[index + 1] - starts[index]) - OK.length - END.length;
  }

  /** Bytes of all messages. */
  long size() {
    return starts[count()] - (long) count() * (OK.length + END.length);
  }

  /** Reads a message into an array that is large enough, and returns its size. */
  int read(int index, byte[] array) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(array, 0, size(index));
    long from = start(index) + OK.length;
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        throw new IOException("the file of messages is cut");
      }
    }
    return size(index);
  }

  /** An array that is large enough for {@link #read}. */
  byte[] buffer() {
    int most = 0;
    for (int i = 0; i < count(); i++) {
      most = Math.max(most, size(i));
    }
    return new byte[most];
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.delete(path);
  }
}

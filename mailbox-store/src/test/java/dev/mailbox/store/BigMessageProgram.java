// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.MessageId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/** Appends a message of that many bytes, reads it back, and says both hashes and the peak heap. */
final class BigMessageProgram {
  private BigMessageProgram() {}

  /** Arguments: the store's directory, the size in bytes. */
  public static void main(String[] arguments) throws IOException, NoSuchAlgorithmException {
    long size = Long.parseLong(arguments[1]);
    try (Mailbox mailbox = StoreFixture.offline(Path.of(arguments[0]))) {
      byte[] head = StoreFixture.mail("big", "").getBytes(StandardCharsets.US_ASCII);
      DigestInputStream in =
          new DigestInputStream(
              new SequenceInputStream(
                  new ByteArrayInputStream(head), new Lines(size - head.length)),
              MessageDigest.getInstance("SHA-256"));
      MessageId id = mailbox.inbox().append(in, StoreFixture.NOON, Set.of()).id();
      Message message = mailbox.find(id).orElseThrow();
      ChildProcess.say(String.valueOf(message.sizeInBytes()));
      ChildProcess.say(hex(in));
      try (DigestInputStream out =
          new DigestInputStream(message.openRaw(), MessageDigest.getInstance("SHA-256"))) {
        out.transferTo(java.io.OutputStream.nullOutputStream());
        ChildProcess.say(hex(out));
      }
    }
  }

  private static String hex(DigestInputStream in) {
    return HexFormat.of().formatHex(in.getMessageDigest().digest());
  }

  /** Lines of text that are not all the same, of so many bytes in all. */
  private static final class Lines extends InputStream {
    private final long size;
    private long position;

    Lines(long size) {
      this.size = size;
    }

    @Override
    public int read() {
      return position == size ? -1 : at(position++);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      int count = (int) Math.min(length, size - position);
      for (int i = 0; i < count; i++) {
        bytes[offset + i] = (byte) at(position++);
      }
      return count == 0 ? -1 : count;
    }

    private static int at(long position) {
      long column = position % 78;
      return column == 76
          ? '\r'
          : column == 77 ? '\n' : (int) ('a' + (position * 31 + position / 78) % 26);
    }
  }
}

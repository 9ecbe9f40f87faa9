// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.checks.crash;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a program did to its files and said to its server, in order; {@code powercut.c} writes it.
 */
record Trace(List<Call> calls) {
  private static final byte[] NONE = {};

  /**
   * A system call.
   *
   * @param kind its letter in the log
   * @param path the file, or what a file is renamed from
   * @param to what it is renamed to
   * @param number an offset or length
   * @param bytes what was written or said
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Call(char kind, String path, String to, long number, byte[] bytes) {
    /** Whether it asks the server to delete messages. */
    boolean asksForDeletion() {
      return kind == 'S' && text().contains("DELE ");
    }

    String text() {
      return new String(bytes, ISO_8859_1);
    }
  }

  static Trace read(Path log) {
    try {
      return parse(Files.readAllBytes(log));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Trace parse(byte[] log) {
    List<Call> calls = new ArrayList<>();
    int at = 0;
    while (at < log.length) {
      int end = at;
      while (log[end] != '\n') {
        end++;
      }
      String[] words = new String(log, at, end - at, ISO_8859_1).split(" ", -1);
      at = end + 1;
      char kind = words[0].charAt(0);
      byte[] bytes = NONE;
      if (kind == 'W' || kind == 'S') {
        int length = Integer.parseInt(words[words.length - 1]);
        bytes = Arrays.copyOfRange(log, at, at + length);
        at += length + 1;
      }
      calls.add(
          switch (kind) {
            case 'W', 'T' -> new Call(kind, words[1], "", Long.parseLong(words[2]), bytes);
            case 'S', 'R' -> new Call(kind, "", "", Long.parseLong(words[1]), bytes);
            case 'N' -> new Call(kind, words[1], words[2], 0, bytes);
            default -> new Call(kind, words[1], "", 0, bytes);
          });
    }
    return new Trace(List.copyOf(calls));
  }

  /** Where messages are asked to be deleted. */
  List<Integer> deletions() {
    List<Integer> at = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      if (calls.get(i).asksForDeletion()) {
        at.add(i);
      }
    }
    return at;
  }
}

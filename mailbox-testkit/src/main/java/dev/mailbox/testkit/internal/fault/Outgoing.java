// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.fault;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** A reply that has not been sent. */
public interface Outgoing {

  /** Writes all of it. */
  void writeTo(OutputStream out) throws IOException;

  /** How many bytes come before the first of a message or literal; 0 when there is none. */
  long contentStart();

  /** All of it, in pieces of different kinds; no two that follow each other are both words. */
  List<Segment> segments();

  /** All of it at once. */
  default byte[] bytes() {
    var out = new ByteArrayOutputStream();
    try {
      writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}

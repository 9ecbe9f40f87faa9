// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

/**
 * Hears what goes over a connection, line by line, with secrets already redacted.
 *
 * <p>Called on the thread that uses the connection, which waits for it. What it throws is logged
 * and dropped.
 */
@FunctionalInterface
public interface TrafficListener {

  /**
   * Takes one line.
   *
   * @param line starts with {@code "C: "} or {@code "S: "}; control and 8-bit characters are
   *     escaped; bodies are only counted, as in {@code "S: <5441 bytes>"}
   */
  void line(String line);
}

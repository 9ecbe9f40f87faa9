// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import java.io.IOException;
import java.io.OutputStream;

/** Bytes that are streamed into a command, such as the message of an APPEND. */
public interface Payload {

  /** How many bytes {@link #writeTo} will write. */
  long size();

  /**
   * Writes exactly {@link #size()} bytes. Called at most once, on the thread that writes the
   * command. If it throws, or writes another number of bytes, the connection is closed, because the
   * command cannot be completed.
   *
   * @throws IOException if the bytes cannot be read, or the connection failed
   */
  void writeTo(OutputStream out) throws IOException;
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.store.internal.mime.HeaderCapture;
import java.io.IOException;
import java.io.InputStream;

/** Reads the header block at the beginning of a message. */
final class HeaderBytes {
  private HeaderBytes() {}

  static byte[] read(InputStream in) throws IOException {
    HeaderCapture capture = new HeaderCapture();
    byte[] buffer = new byte[8192];
    for (int n = in.read(buffer); n >= 0 && !capture.isComplete(); n = in.read(buffer)) {
      capture.accept(buffer, 0, n);
    }
    return capture.block();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.fault;

import java.io.OutputStream;
import java.util.List;

/** The reply where none is due. */
enum Silence implements Outgoing {
  NOTHING;

  @Override
  public void writeTo(OutputStream out) {}

  @Override
  public long contentStart() {
    return 0;
  }

  @Override
  public List<Segment> segments() {
    return List.of();
  }
}

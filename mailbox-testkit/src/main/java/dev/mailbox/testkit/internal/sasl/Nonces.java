// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.sasl;

import java.util.HexFormat;
import java.util.Random;

/** What challenges must have that they cannot be used again. For one connection. */
public final class Nonces {
  private final Random random;

  /** Makes them of this. */
  public Nonces(Random random) {
    this.random = random;
  }

  /** Another one. */
  public String next() {
    var bytes = new byte[12];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}

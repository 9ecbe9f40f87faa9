// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import java.io.InputStream;

/** The decoded body of a part as a message of its own. */
record DecodedSource(Entity entity, Defects defects) implements RawSource {
  @Override
  public InputStream open() {
    return entity.open(defects);
  }

  @Override
  public long sizeInBytes() {
    return entity.size;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import dev.mailbox.FolderPath;
import dev.mailbox.Residence;
import dev.mailbox.content.Envelope;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A placement with its content, as it is stored.
 *
 * @param id the placement's number
 * @param folder where it is
 * @param residence where the folder lives
 * @param remoteKey how the server named it, if it came from there
 * @param receivedAt when it arrived
 * @param flags its flags
 * @param content what it shows
 */
public record MessageRow(
    long id,
    FolderPath folder,
    Residence residence,
    @Nullable String remoteKey,
    Instant receivedAt,
    Flags flags,
    Content content) {

  /**
   * The content's part.
   *
   * @param id its number
   * @param identity the hash over the fields that make it what it is
   * @param ordinal tells contents of equal identity apart
   * @param sizeInBytes how many bytes the whole message has
   * @param chunks in how many chunks its bytes lie
   * @param whole whether the body is here
   * @param sentAt the Date field
   * @param envelopeText the envelope, not taken apart yet
   */
  @SuppressWarnings("ArrayRecordComponent") // a hash on its way out of the database
  public record Content(
      long id,
      byte[] identity,
      long ordinal,
      long sizeInBytes,
      int chunks,
      boolean whole,
      Optional<Instant> sentAt,
      String envelopeText) {
    /** The envelope. */
    public Envelope envelope() {
      return EnvelopeText.parse(envelopeText, sentAt);
    }
  }
}

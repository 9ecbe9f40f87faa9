// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.content;

/**
 * A mailbox address of a header field (RFC 5322 section 3.4), decoded. Members of groups appear as
 * addresses of their own.
 *
 * @param name the display name, empty if there is none
 * @param address the address, as it was written: real mail has some that no grammar allows
 */
public record Address(String name, String address) {
  /** {@code Name <address>}, or the address alone. */
  @Override
  public String toString() {
    return name.isEmpty() ? address : name + " <" + address + ">";
  }
}

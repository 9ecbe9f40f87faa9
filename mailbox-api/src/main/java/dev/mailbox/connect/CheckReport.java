// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.connect;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a successful login found.
 *
 * @param protocol the protocol spoken, such as {@code POP3}
 * @param greeting the server's first line, without control characters
 * @param security the TLS version and cipher suite, or {@code none}
 * @param mechanism how the login was done, such as {@code PLAIN}
 * @param capabilities what the server offers once logged in
 * @param messages how many messages wait in the inbox, if the protocol tells
 */
public record CheckReport(
    String protocol,
    String greeting,
    String security,
    String mechanism,
    List<String> capabilities,
    OptionalLong messages) {
  /** Copies the list. */
  public CheckReport {
    capabilities = List.copyOf(capabilities);
  }
}

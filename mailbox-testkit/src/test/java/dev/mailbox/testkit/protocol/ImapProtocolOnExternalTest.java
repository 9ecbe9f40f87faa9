// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.protocol;

import java.net.URI;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The scripts on a server that is named by {@code -Dmailbox.protocol.server=}, with a user and a
 * password in the address; {@code -Dmailbox.protocol.name=} is what the scripts call it.
 */
@EnabledIfSystemProperty(named = ImapProtocolOnExternalTest.SERVER, matches = ".+")
class ImapProtocolOnExternalTest extends ProtocolSuite {
  static final String SERVER = "mailbox.protocol.server";

  ImapProtocolOnExternalTest() {
    super("imap");
  }

  @Override
  ProtocolServer start() {
    String name = System.getProperty("mailbox.protocol.name", "external");
    return new ExternalServer(name, URI.create(System.getProperty(SERVER)));
  }
}

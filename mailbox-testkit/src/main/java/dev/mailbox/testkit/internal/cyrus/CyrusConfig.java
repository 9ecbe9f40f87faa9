// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.cyrus;

import dev.mailbox.testkit.internal.process.MailUser;
import dev.mailbox.testkit.internal.process.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes what a private Cyrus 3 needs to run from one folder, as root or as anybody. */
final class CyrusConfig {
  /** Where Cyrus asks about passwords, in its folder. */
  static final String LOGINS = "mux";

  private final Path folder;
  private final MailUser owner;
  private final Ports ports;

  CyrusConfig(Path folder, MailUser owner, Ports ports) {
    this.folder = folder;
    this.owner = owner;
    this.ports = ports;
  }

  /** Returns the file for the option {@code -C}. */
  Path writeSettings() throws IOException {
    return Files.writeString(
        folder.resolve("imapd.conf"),
        String.join(
            "\n",
            "configdirectory: " + folder.resolve("conf"),
            "partition-default: " + folder.resolve("spool"),
            "cyrus_user: " + owner.name(),
            "admins: " + Admin.NAME,
            "servername: localhost",
            "unixhierarchysep: yes",
            "altnamespace: yes",
            "allowplaintext: yes",
            "sasl_pwcheck_method: saslauthd",
            "sasl_saslauthd_path: " + folder.resolve(LOGINS),
            "sasl_mech_list: PLAIN LOGIN",
            "failedloginpause: 0",
            "imapidlepoll: 1",
            "munge8bit: no",
            "duplicatesuppression: no",
            "tls_server_cert: " + folder.resolve("cert.pem"),
            "tls_server_key: " + folder.resolve("key.pem"),
            "tls_session_timeout: 0",
            ""));
  }

  /** Returns the file for the option {@code -M}. */
  Path writeServices(Path settings) throws IOException {
    Path programs = folder.resolve("bin");
    String imap = programs.resolve("imapd") + " -C " + settings;
    String pop3 = programs.resolve("pop3d") + " -C " + settings;
    return Files.writeString(
        folder.resolve("cyrus.conf"),
        String.join(
            "\n",
            "START {",
            "}",
            "DAEMON {",
            "  idled cmd=\"" + programs.resolve("idled") + " -C " + settings + "\"",
            "}",
            "SERVICES {",
            service("imap", imap, ports.imap()),
            service("imaps", imap + " -s", ports.imaps()),
            service("pop3", pop3, ports.pop3()),
            service("pop3s", pop3 + " -s", ports.pop3s()),
            "}",
            "EVENTS {",
            "}",
            ""));
  }

  private static String service(String name, String command, int port) {
    return "  " + name + " cmd=\"" + command + "\" listen=\"127.0.0.1:" + port + "\" prefork=0";
  }
}

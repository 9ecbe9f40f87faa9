// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.dovecot;

import dev.mailbox.testkit.internal.process.MailUser;
import dev.mailbox.testkit.internal.process.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes what a private Dovecot 2.3 needs to run from one folder, as root or as anybody. */
final class DovecotConfig {
  private final Path folder;
  private final MailUser owner;
  private final Ports ports;

  DovecotConfig(Path folder, MailUser owner, Ports ports) {
    this.folder = folder;
    this.owner = owner;
    this.ports = ports;
  }

  /** Returns the file for dovecot's option {@code -c}. */
  Path write() throws IOException {
    String text =
        String.join("\n", general(), services(), mail(), authentication(), namespace()) + "\n";
    Files.writeString(folder.resolve("dict.conf"), dictionary());
    return Files.writeString(folder.resolve("dovecot.conf"), text);
  }

  private String general() {
    return String.join(
        "\n",
        "base_dir = " + folder.resolve("run"),
        "state_dir = " + folder.resolve("state"),
        "log_path = " + folder.resolve("server.log"),
        "instance_name = mailbox-testkit-" + ports.pop3(),
        "protocols = imap pop3",
        "listen = 127.0.0.1",
        "shutdown_clients = yes",
        "ssl = yes",
        "ssl_cert = <" + folder.resolve("cert.pem"),
        "ssl_key = <" + folder.resolve("key.pem"),
        "ssl_dh =");
  }

  private String services() {
    String chroot = owner.isRoot() ? "" : "chroot =";
    String users =
        owner.isRoot()
            ? ""
            : "default_internal_user = "
                + owner.name()
                + "\ndefault_internal_group = "
                + owner.group()
                + "\ndefault_login_user = "
                + owner.name();
    return String.join(
        "\n",
        users,
        // Without this, logins wait longer and longer after each refused one.
        block("service anvil", chroot, block("unix_listener anvil-auth-penalty", "mode = 0")),
        block(
            "service imap-login",
            chroot,
            listener("imap", ports.imap(), false),
            listener("imaps", ports.imaps(), true)),
        block(
            "service pop3-login",
            chroot,
            listener("pop3", ports.pop3(), false),
            listener("pop3s", ports.pop3s(), true)));
  }

  private String mail() {
    return String.join(
        "\n",
        "first_valid_uid = 1",
        "first_valid_gid = 1",
        "mail_uid = " + owner.uid(),
        "mail_gid = " + owner.gid(),
        "mail_location = maildir:~/Maildir",
        // The folder is thrown away; waiting for a disk would only make tests slow.
        "mail_fsync = never",
        // Folders that a test makes past the server are to be listed at once.
        "mailbox_list_index = no",
        "mail_max_userip_connections = 50",
        "pop3_uidl_format = %08Xu%08Xv",
        "pop3_lock_session = yes",
        block("protocol imap", "mail_plugins = acl quota imap_quota zlib imap_zlib"),
        block("plugin", "acl = vfile::cache_secs=0", "quota = maildir:all"));
  }

  private String authentication() {
    return String.join(
        "\n",
        "disable_plaintext_auth = no",
        "auth_mechanisms = plain login cram-md5 scram-sha-256 apop",
        "auth_failure_delay = 0",
        // A dictionary is asked anew at each login; a passwd-file is looked at once a second.
        block("passdb", "driver = dict", "args = " + folder.resolve("dict.conf")),
        block("userdb", "driver = dict", "args = " + folder.resolve("dict.conf")));
  }

  private String dictionary() {
    return String.join(
            "\n",
            "uri = fs:posix:prefix=" + folder.resolve("users") + "/",
            "default_pass_scheme = PLAIN",
            block("key passdb", "key = %u", "format = json"),
            block("key userdb", "key = %u", "format = json"),
            "passdb_objects = passdb",
            "userdb_objects = userdb")
        + "\n";
  }

  private static String namespace() {
    var lines = new StringBuilder("inbox = yes\nseparator = /");
    for (String role : List.of("Drafts", "Sent", "Trash", "Junk", "Archive")) {
      lines.append("\n").append(block("mailbox " + role, "special_use = \\" + role));
    }
    return block("namespace inbox", lines.toString());
  }

  private static String listener(String name, int port, boolean tls) {
    return block("inet_listener " + name, "port = " + port, "ssl = " + (tls ? "yes" : "no"));
  }

  private static String block(String head, String... lines) {
    return head + " {\n" + String.join("\n", lines) + "\n}";
  }
}

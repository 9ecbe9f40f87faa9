// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Objects;

/**
 * Whose files the mail is. Mail servers do not serve mail as root, so where the tests run as root
 * it belongs to {@code nobody}.
 */
public record MailUser(String name, String group, int uid, int gid, boolean isRoot) {
  private static final String UNPRIVILEGED = "nobody";

  /** Who owns a folder that this process has just made. */
  static MailUser of(Path folder) throws IOException {
    int uid = id(folder, "unix:uid");
    if (uid != 0) {
      var own = Files.readAttributes(folder, PosixFileAttributes.class);
      int gid = id(folder, "unix:gid");
      return new MailUser(own.owner().getName(), own.group().getName(), uid, gid, false);
    }
    Path probe = Files.createDirectory(folder.resolve("probe"));
    own(probe, UNPRIVILEGED);
    int other = id(probe, "unix:uid");
    Files.delete(probe);
    // Dovecot refuses the group of root; a group need not exist to be taken by its number.
    return new MailUser(UNPRIVILEGED, UNPRIVILEGED, other, other, true);
  }

  /** Gives a file or folder to this user. */
  public void own(Path path) throws IOException {
    if (isRoot) {
      own(path, name);
    }
  }

  private static void own(Path path, String user) throws IOException {
    var lookup = path.getFileSystem().getUserPrincipalLookupService();
    var view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    view.setOwner(lookup.lookupPrincipalByName(user));
  }

  private static int id(Path path, String attribute) throws IOException {
    return (Integer) Objects.requireNonNull(Files.getAttribute(path, attribute));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.process;

import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A mail server's processes may run as several users, who must get at what the tests write. */
public final class Permissions {
  public static final Set<PosixFilePermission> OPEN_FOLDER =
      PosixFilePermissions.fromString("rwxr-xr-x");
  public static final Set<PosixFilePermission> OPEN_FILE =
      PosixFilePermissions.fromString("rw-r--r--");

  private Permissions() {}
}

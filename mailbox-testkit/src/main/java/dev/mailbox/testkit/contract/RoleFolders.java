// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import dev.mailbox.FolderRole;
import java.util.Locale;

/** What folders with a role are called on the servers of tests. */
final class RoleFolders {
  private RoleFolders() {}

  /** Such as {@code Sent}, whose attribute has the same name behind a backslash. */
  static String name(FolderRole role) {
    String name = role.name();
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }
}

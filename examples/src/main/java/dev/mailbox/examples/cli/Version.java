// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "mailbox " + Objects.requireNonNullElse(version, "(built from source)"),
      "Java " + Runtime.version()
    };
  }
}

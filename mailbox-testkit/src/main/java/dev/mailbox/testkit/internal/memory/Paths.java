// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.FolderPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What becomes of the paths of folders. */
final class Paths {
  /** The inbox first, then by path. */
  static final Comparator<FolderPath> ORDER =
      Comparator.comparing((FolderPath path) -> !path.equals(FolderPath.INBOX))
          .thenComparing(FolderPath::toString);

  private Paths() {}

  /** Of a folder that is renamed, or one below it; others stay as they are. */
  static FolderPath renamed(FolderPath path, FolderPath from, FolderPath to) {
    if (!path.isWithin(from)) {
      return path;
    }
    List<String> segments = new ArrayList<>(to.segments());
    segments.addAll(path.segments().subList(from.segments().size(), path.segments().size()));
    return new FolderPath(segments);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.store.internal.db.MessageRow;
import dev.mailbox.store.internal.db.Placements;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the messages of a folder, or of all, in order of arrival. It reads pages, and gives
 * its reader's thread back between them, so a visitor may itself read the store.
 */
final class Scan {
  private static final int PAGE = 1000;

  private final Store store;
  private final @Nullable Long folder;
  private final boolean oldestFirst;

  private Scan(Store store, @Nullable Long folder, boolean oldestFirst) {
    this.store = store;
    this.folder = folder;
    this.oldestFirst = oldestFirst;
  }

  static Scan of(Store store, @Nullable Long folder, boolean oldestFirst) {
    return new Scan(store, folder, oldestFirst);
  }

  /** Gives each message to the visitor until it returns false. */
  void forEach(Predicate<MessageRow> visitor) {
    Placements.Cursor cursor = Placements.Cursor.start(oldestFirst);
    while (true) {
      Placements.Cursor from = cursor;
      List<MessageRow> page = store.read(sql -> Placements.page(sql, folder, from, PAGE));
      for (MessageRow row : page) {
        if (!visitor.test(row)) {
          return;
        }
      }
      if (page.size() < PAGE) {
        return;
      }
      cursor = from.after(page.get(page.size() - 1));
    }
  }
}

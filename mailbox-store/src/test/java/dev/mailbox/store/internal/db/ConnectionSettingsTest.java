// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionSettingsTest {
  private static String settings(Sql sql) {
    StringBuilder text = new StringBuilder();
    for (String name :
        new String[] {
          "journal_mode", "synchronous", "fullfsync", "trusted_schema", "cell_size_check"
        }) {
      String value = sql.first("PRAGMA " + name, r -> r.getString(1)).orElse("?");
      text.append(name).append('=').append(value).append(' ');
    }
    return text.toString().strip();
  }

  @Test
  void everyConnectionIsDurableAndWary(@TempDir Path directory) {
    try (Database database = DbFixture.open(directory)) {
      String expected =
          "journal_mode=wal synchronous=2 fullfsync=1 trusted_schema=0 cell_size_check=1";
      assertThat(database.<String>read(ConnectionSettingsTest::settings)).isEqualTo(expected);
      StringBuilder writer = new StringBuilder();
      database.writer().run(sql -> writer.append(settings(sql)));
      assertThat(writer).hasToString(expected);
    }
  }
}

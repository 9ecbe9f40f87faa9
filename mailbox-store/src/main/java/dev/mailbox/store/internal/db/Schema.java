// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import dev.mailbox.Reason;
import dev.mailbox.StoreException;
import java.util.List;

/** The tables, and how older files become present ones. */
final class Schema {
  /** Marks the file as ours: "MBOX" in ASCII. */
  private static final long APPLICATION_ID = 0x4d424f58;

  /** Each brings a file from the version before to the next; all are kept for ever. */
  static final List<String> MIGRATIONS = List.of(VersionOne.SQL, VersionTwo.SQL, VersionThree.SQL);

  private Schema() {}

  /**
   * Makes or migrates the tables, in one transaction.
   *
   * @throws StoreException if the file is not ours, or newer than this library
   */
  static void migrate(Sql sql) {
    migrate(sql, MIGRATIONS);
  }

  static void migrate(Sql sql, List<String> known) {
    long version = sql.number("PRAGMA user_version");
    long application = sql.number("PRAGMA application_id");
    boolean foreign =
        version == 0
            ? sql.number("SELECT count(*) FROM sqlite_master") > 0
            : application != APPLICATION_ID;
    if (foreign) {
      throw new StoreException(
          Reason.STORE_CORRUPT, "the file is a database, but not a mailbox store", null);
    }
    if (version > known.size()) {
      throw new StoreException(
          Reason.STORE_TOO_NEW,
          "the store has schema version "
              + version
              + ", this library knows up to "
              + known.size()
              + ": it was written by a newer version",
          null);
    }
    if (version < known.size()) {
      run(sql, known.subList((int) version, known.size()), known.size());
    }
  }

  private static void run(Sql sql, List<String> migrations, int version) {
    sql.begin();
    try {
      migrations.forEach(sql::script);
      sql.script("PRAGMA application_id=" + APPLICATION_ID);
      sql.script("PRAGMA user_version=" + version);
      sql.script("COMMIT");
    } catch (StoreException e) {
      sql.script("ROLLBACK");
      throw e;
    }
  }

  /** The first version. */
  private static final class VersionOne {
    /*
     * content: the bytes and description of a message, shared by its placements. Its bytes are rows
     * of chunk, whose ids are content * 2^20 + number, so that they lie together on disk. whole is 0
     * while only the header is here. ordinal tells contents of equal identity apart. filling holds
     * contents whose chunks are being written: what is still there at the next opening was cut short.
     *
     * placement: a message in a folder. hidden is 1 while its deletion waits for the server. flags
     * and keywords are what is shown; server_flags and server_keywords what the server last said,
     * NULL where there is no server to say it.
     *
     * entry: what the protocol remembers of what the server lists, by folder and key.
     *
     * action: what waits for the server. Paths are what the server will know folders by when its turn
     * comes; the numbers find them here, where they may have been renamed since.
     *
     * words: the text index, filled in the order of the contents' numbers up to the mark
     * "indexed_to" of meta. A content that gets its body gets a new number, so it is taken in anew.
     * late holds the contents that were stored after the mark had passed their numbers.
     */
    static final String SQL =
        """
        CREATE TABLE meta (
          name TEXT NOT NULL PRIMARY KEY,
          value TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE folder (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          path TEXT NOT NULL,
          role TEXT,
          on_server INTEGER NOT NULL,
          anchor TEXT NOT NULL DEFAULT '',
          hidden INTEGER NOT NULL DEFAULT 0
        );
        CREATE UNIQUE INDEX folder_path ON folder (path) WHERE hidden = 0;
        CREATE TABLE content (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          identity BLOB NOT NULL,
          ordinal INTEGER NOT NULL,
          sha256 BLOB NOT NULL,
          size INTEGER NOT NULL,
          chunks INTEGER NOT NULL,
          whole INTEGER NOT NULL,
          sent_at INTEGER,
          envelope TEXT NOT NULL
        );
        CREATE INDEX content_identity ON content (identity, ordinal);
        CREATE TABLE chunk (
          id INTEGER PRIMARY KEY,
          data BLOB NOT NULL
        );
        CREATE TABLE filling (
          content INTEGER PRIMARY KEY
        );
        CREATE TABLE placement (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          folder INTEGER NOT NULL REFERENCES folder (id),
          content INTEGER NOT NULL REFERENCES content (id),
          remote_key TEXT,
          received_at INTEGER NOT NULL,
          flags INTEGER NOT NULL,
          keywords TEXT NOT NULL,
          server_flags INTEGER,
          server_keywords TEXT,
          hidden INTEGER NOT NULL DEFAULT 0
        );
        CREATE INDEX placement_order ON placement (folder, received_at, id);
        CREATE INDEX placement_arrival ON placement (received_at, id);
        CREATE INDEX placement_content ON placement (content);
        CREATE TABLE entry (
          folder INTEGER NOT NULL REFERENCES folder (id),
          key TEXT NOT NULL,
          listed_size INTEGER NOT NULL,
          state INTEGER NOT NULL,
          header_hash BLOB NOT NULL,
          since INTEGER NOT NULL,
          placement INTEGER,
          PRIMARY KEY (folder, key)
        ) WITHOUT ROWID;
        CREATE INDEX entry_placement ON entry (placement) WHERE placement IS NOT NULL;
        CREATE TABLE feed (
          seq INTEGER PRIMARY KEY AUTOINCREMENT,
          kind INTEGER NOT NULL,
          placement INTEGER,
          folder TEXT NOT NULL,
          detail TEXT
        );
        CREATE TABLE action (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          kind TEXT NOT NULL,
          folder TEXT NOT NULL,
          folder_id INTEGER NOT NULL,
          target TEXT,
          target_id INTEGER,
          flags_set TEXT NOT NULL DEFAULT '',
          flags_cleared TEXT NOT NULL DEFAULT '',
          fate_unknown INTEGER NOT NULL DEFAULT 0
        );
        CREATE TABLE action_item (
          action INTEGER NOT NULL REFERENCES action (id),
          placement INTEGER NOT NULL,
          copy INTEGER,
          PRIMARY KEY (action, placement)
        ) WITHOUT ROWID;
        CREATE INDEX action_item_placement ON action_item (placement);
        CREATE TABLE failed_action (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          action INTEGER NOT NULL,
          placement INTEGER,
          description TEXT NOT NULL,
          reason TEXT NOT NULL,
          server_text TEXT NOT NULL,
          at INTEGER NOT NULL
        );
        CREATE TABLE late (
          content INTEGER PRIMARY KEY
        );
        CREATE VIRTUAL TABLE words USING fts5(
          subject, people, body, files,
          content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2'
        );
        """;

    private VersionOne() {}
  }

  /** Mail that lives on a server. */
  private static final class VersionTwo {
    /*
     * placement: sole is 1 where the folder lives on the server, but the message only here: the server
     * lost it because it was to, or never took it.
     *
     * folder: left_out is how many of the server's messages the last sync of it left out, and NULL
     * before the first. own_role is 1 where the role was given here, because the server gave it to
     * none. What was one number for all before was the inbox's, and that of all folders of a server.
     *
     * action: sent_after is the greatest number of a placement when the action was sent; what has come
     * since may be what it did. sent_at is the time of that, in milliseconds since 1970: what a listing
     * leaves out has no placement. sent_before is what the protocol knew then. All are NULL where it
     * was not sent. doubts weighs how often it failed when the server was reached.
     */
    static final String SQL =
        """
        ALTER TABLE placement ADD COLUMN sole INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE folder ADD COLUMN left_out INTEGER;
        ALTER TABLE folder ADD COLUMN own_role INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE action ADD COLUMN sent_after INTEGER;
        ALTER TABLE action ADD COLUMN sent_at INTEGER;
        ALTER TABLE action ADD COLUMN sent_before TEXT;
        ALTER TABLE action ADD COLUMN doubts INTEGER NOT NULL DEFAULT 0;
        UPDATE folder SET left_out =
            coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'not_here'), 0)
          WHERE (on_server = 1 OR path = 'INBOX')
            AND EXISTS (SELECT 1 FROM meta WHERE name = 'last_sync');
        DELETE FROM meta WHERE name = 'not_here';
        """;

    private VersionTwo() {}
  }

  /** Receivers. */
  private static final class VersionThree {
    /*
     * delivery: what each receiver has handed over, and has still to. identity and ordinal are those of
     * the content when it arrived. due_at is in milliseconds since 1970. What has no row here never
     * arrived: it was put into the inbox by this program.
     */
    static final String SQL =
        """
        CREATE TABLE receiver (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          name TEXT NOT NULL UNIQUE
        );
        CREATE TABLE delivery (
          receiver INTEGER NOT NULL REFERENCES receiver (id),
          placement INTEGER NOT NULL,
          received_at INTEGER NOT NULL,
          identity BLOB NOT NULL,
          ordinal INTEGER NOT NULL,
          handled INTEGER NOT NULL DEFAULT 0,
          attempts INTEGER NOT NULL DEFAULT 0,
          due_at INTEGER NOT NULL DEFAULT 0,
          problem TEXT,
          PRIMARY KEY (placement, receiver)
        ) WITHOUT ROWID;
        CREATE INDEX delivery_order ON delivery (receiver, received_at, placement) WHERE handled = 0;
        """;

    private VersionThree() {}
  }
}

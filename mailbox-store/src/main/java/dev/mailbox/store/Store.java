// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.ContentId;
import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.MailboxConfig;
import dev.mailbox.MessageId;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.Residence;
import dev.mailbox.StoreException;
import dev.mailbox.store.internal.db.Contents;
import dev.mailbox.store.internal.db.Database;
import dev.mailbox.store.internal.db.Feed;
import dev.mailbox.store.internal.db.FolderRow;
import dev.mailbox.store.internal.db.Folders;
import dev.mailbox.store.internal.db.MessageRow;
import dev.mailbox.store.internal.db.Meta;
import dev.mailbox.store.internal.db.QueuedAction;
import dev.mailbox.store.internal.db.Sql;
import dev.mailbox.store.internal.db.Writer;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The database of one mailbox, and the ids that are given from it. Safe for several threads. */
final class Store implements AutoCloseable {
  private static final String STORE_ID = "store_id";
  private static final String ACCOUNT = "account";

  private final Database database;
  private final Optional<String> account;
  private final String storeId;
  private final AtomicLong contentIds;
  private final RecentAnswers recentAnswers = new RecentAnswers();
  private final Queue<QueuedAction> foldersChanged = new ConcurrentLinkedQueue<>();

  private Store(Database database, Optional<String> account) {
    this.database = database;
    this.account = account;
    this.storeId = database.read(sql -> Meta.get(sql, STORE_ID)).orElseThrow();
    this.contentIds = new AtomicLong(database.read(Contents::highestId));
  }

  /** Opens or makes the store that a configuration asks for. */
  static Store open(MailboxConfig config, Residence residence) {
    Database database =
        config.store().isPresent()
            ? Database.open(config.store().get(), config.lockWait())
            : Database.inMemory();
    try {
      database.writer().run(sql -> prepare(sql, config, residence));
      return new Store(database, account(config));
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static void prepare(Sql sql, MailboxConfig config, Residence residence) {
    if (Meta.get(sql, STORE_ID).isEmpty()) {
      byte[] random = new byte[5];
      new SecureRandom().nextBytes(random);
      Meta.put(sql, STORE_ID, "m" + base32(random));
    }
    account(config).ifPresent(account -> refuseAnothers(sql, config, account));
    Contents.sweep(sql);
    Feed.prune(sql);
    if (Folders.find(sql, FolderPath.INBOX).isEmpty()) {
      Folders.insert(sql, FolderPath.INBOX, FolderRole.INBOX, residence);
    }
  }

  private static Optional<String> account(MailboxConfig config) {
    return config
        .credentials()
        .filter(credentials -> !config.host().isEmpty())
        .map(credentials -> credentials.user() + "@" + config.host());
  }

  private static void refuseAnothers(Sql sql, MailboxConfig config, String account) {
    Optional<String> owner = Meta.get(sql, ACCOUNT);
    if (owner.isPresent() && !owner.get().equals(account)) {
      throw new StoreException(
          Reason.STORE_OTHER_ACCOUNT,
          "the store in "
              + config.store().map(String::valueOf).orElse("memory")
              + " belongs to "
              + owner.get()
              + ", not to "
              + account,
          null);
    }
  }

  /**
   * Notes whose store it is: that of the first account whose server let somebody in, because a name
   * that was mistyped must not bind it.
   */
  void claim(Sql sql) {
    if (account.isPresent() && Meta.get(sql, ACCOUNT).isEmpty()) {
      Meta.put(sql, ACCOUNT, account.get());
    }
  }

  /** Whether no server has ever let anybody in. */
  static boolean hasNoAccount(Sql sql) {
    return Meta.get(sql, ACCOUNT).isEmpty();
  }

  <T> T read(Function<Sql, T> work) {
    return database.read(work);
  }

  /** Reads while the caller does something else; who asks for what was read waits for it. */
  <T> Supplier<T> readAhead(Function<Sql, T> work) {
    return database.readAhead(work);
  }

  /** Does work in one transaction, ahead of what is being downloaded. */
  <T> T write(Function<Sql, T> work) {
    return database.writer().call(work);
  }

  /** Does the same with work that has no result. */
  void change(Consumer<Sql> work) {
    database.writer().run(work);
  }

  Writer writer() {
    return database.writer();
  }

  /** What the server has answered of late; for the writer's thread. */
  RecentAnswers recentAnswers() {
    return recentAnswers;
  }

  boolean isOnDisk() {
    return database.isOnDisk();
  }

  /** Called within a transaction: the server has done an action on a folder. */
  void folderChanged(QueuedAction done) {
    foldersChanged.add(done);
  }

  /**
   * The actions on folders that the server has done since the last sync began, in order: a list
   * that it gave before it did them lacks them.
   */
  List<QueuedAction> foldersChanged() {
    return List.copyOf(foldersChanged);
  }

  /** A sync begins: what is listed from now on has what was done until now. */
  void forgetFoldersChanged() {
    foldersChanged.clear();
  }

  long newContentId() {
    return contentIds.incrementAndGet();
  }

  MessageId messageId(long placement) {
    return new MessageId(storeId + "-" + placement);
  }

  /** The number of the placement that an id names; empty if it is none of this store's. */
  OptionalLong placement(MessageId id) {
    String value = id.value();
    if (!value.startsWith(storeId + "-")) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(value.substring(storeId.length() + 1)));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  static ContentId contentId(MessageRow.Content content) {
    return contentId(content.identity(), content.ordinal());
  }

  static ContentId contentId(byte[] identity, long ordinal) {
    String name = base32(identity);
    return new ContentId(ordinal == 0 ? name : name + "-" + (ordinal + 1));
  }

  private static String base32(byte[] bytes) {
    int digits = (bytes.length * 8 + 4) / 5;
    String text = new BigInteger(1, bytes).toString(32);
    return "0".repeat(Math.max(0, digits - text.length())) + text;
  }

  /**
   * The folder with that path.
   *
   * @throws RejectedException if there is none
   */
  static FolderRow require(Sql sql, FolderPath path) {
    return Folders.find(sql, path)
        .orElseThrow(
            () ->
                new RejectedException(
                    Reason.NOT_FOUND,
                    "there is no folder " + path + " here, as of the last sync",
                    null,
                    List.of()));
  }

  @Override
  public void close() {
    database.close();
  }
}

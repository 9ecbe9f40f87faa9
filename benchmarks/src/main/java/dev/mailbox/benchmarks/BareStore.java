// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.benchmarks;

import dev.mailbox.FolderPath;
import dev.mailbox.Residence;
import dev.mailbox.ServerId;
import dev.mailbox.connect.CheckReport;
import dev.mailbox.spi.MessageSink;
import dev.mailbox.spi.Remote;
import dev.mailbox.spi.RemoteActions;
import dev.mailbox.spi.RemoteFolder;
import dev.mailbox.spi.RemoteMessage;
import dev.mailbox.spi.RemoteSearch;
import dev.mailbox.spi.Replica;
import dev.mailbox.spi.ReplicaBatch;
import dev.mailbox.spi.SyncTask;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.Removal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A server side without a server: puts the messages of a file into the store as a download does,
 * with commits as often, and waits until they are durable.
 */
final class BareStore implements Remote {
  private static final int COMMIT_MESSAGES = 500;
  private static final long COMMIT_BYTES = 8L << 20;

  private final MailFile mails;

  BareStore(MailFile mails) {
    this.mails = mails;
  }

  @Override
  public void sync(SyncTask task, Replica replica) {
    byte[] buffer = mails.buffer();
    try (ReplicaBatch batch = replica.batch(FolderPath.INBOX)) {
      long bytes = 0;
      int messages = 0;
      for (int i = 0; i < mails.count(); i++) {
        int size = mails.read(i, buffer);
        put(batch, i, buffer, size);
        bytes += size;
        if (++messages == COMMIT_MESSAGES || bytes >= COMMIT_BYTES) {
          batch.commit();
          messages = 0;
          bytes = 0;
        }
      }
      batch.commit().awaitDurable();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    task.report().downloaded(mails.count());
  }

  private static void put(ReplicaBatch batch, int index, byte[] buffer, int size) {
    String key = "u" + size + " " + index;
    MessageSink sink =
        batch.message(new RemoteMessage(key, size, false, Set.of(), Optional.empty()));
    sink.write(buffer, 0, size);
    sink.receipt();
    sink.complete();
  }

  @Override
  public Residence residence() {
    return Residence.LOCAL;
  }

  @Override
  public BodyPolicy defaultBodies() {
    return BodyPolicy.all();
  }

  @Override
  public Removal defaultRemoval() {
    return Removal.never();
  }

  @Override
  public CheckReport check() {
    return new CheckReport("none", "", "none", "", List.of(), OptionalLong.empty());
  }

  @Override
  public Set<String> fetch(RemoteFolder folder, Collection<String> keys, Replica replica) {
    return Set.of();
  }

  @Override
  public void awaitNews(FolderPath folder, Duration atMost) {}

  @Override
  public Optional<ServerId> serverId(RemoteFolder folder, String key) {
    return Optional.empty();
  }

  @Override
  public Optional<RemoteActions> actions() {
    return Optional.empty();
  }

  @Override
  public Optional<RemoteSearch> search() {
    return Optional.empty();
  }

  @Override
  public void close() {}
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.FolderPath;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.search.Query;
import dev.mailbox.spi.RemoteFolder;
import dev.mailbox.spi.RemoteSearch;
import dev.mailbox.spi.Replica;
import dev.mailbox.spi.ReplicaBatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Searches the test server: what it cannot tell may match. It knows texts by the raw bytes, and
 * subjects.
 */
final class TestSearch implements RemoteSearch {
  final List<Query> asked = new CopyOnWriteArrayList<>();
  final List<String> brought = new CopyOnWriteArrayList<>();
  final List<Integer> chunks = new CopyOnWriteArrayList<>();
  volatile boolean refuses;
  volatile boolean silent;
  private final TestRemote remote;

  TestSearch(TestRemote remote) {
    this.remote = remote;
  }

  @Override
  public List<String> find(RemoteFolder folder, Query query, boolean newestFirst) {
    remote.requireOnline();
    asked.add(query);
    if (silent) {
      remote.awaitClose();
    }
    if (refuses || !remote.server.folders().contains(folder.path())) {
      throw new RejectedException(Reason.REFUSED_BY_SERVER, "no search", null, List.of());
    }
    List<String> keys = new ArrayList<>();
    remote
        .server
        .list(folder.path())
        .forEach(
            (key, mail) -> {
              if (mayMatch(query, mail)) {
                keys.add(key);
              }
            });
    if (newestFirst) {
      Collections.reverse(keys);
    }
    return keys;
  }

  private static boolean mayMatch(Query query, TestServer.Mail mail) {
    if (query instanceof Query.And and) {
      return and.queries().stream().allMatch(q -> mayMatch(q, mail));
    } else if (query instanceof Query.Or or) {
      return or.queries().stream().anyMatch(q -> mayMatch(q, mail));
    } else if (query instanceof Query.InText text) {
      return Fold.fold(mail.text()).contains(Fold.fold(text.words()));
    } else if (query instanceof Query.InEnvelope in && in.field() == Query.Field.SUBJECT) {
      return mail.text()
          .lines()
          .filter(line -> line.startsWith("Subject: "))
          .map(Fold::fold)
          .anyMatch(line -> line.contains(Fold.fold(in.text())));
    }
    return true;
  }

  @Override
  public void bring(RemoteFolder folder, Collection<String> keys, Replica replica) {
    remote.requireOnline();
    chunks.add(keys.size());
    FolderPath path = folder.path();
    Set<String> known = new HashSet<>();
    replica.entries(path, entry -> known.add(entry.key()));
    Map<String, TestServer.Mail> listed = remote.server.list(path);
    try (ReplicaBatch batch = replica.batch(path)) {
      for (String key : keys) {
        TestServer.Mail mail = listed.get(key);
        if (mail == null) {
          batch.removed(key);
        } else {
          if (!known.contains(key)) {
            brought.add(key);
            TestRemote.give(batch, key, mail, true);
          }
          batch.flags(key, mail.flags());
        }
      }
      batch.commit().awaitDurable();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.MessageId;
import dev.mailbox.Reason;
import dev.mailbox.StoreException;
import dev.mailbox.VerifyReport;
import dev.mailbox.store.internal.db.Contents;
import dev.mailbox.store.internal.db.Integrity;
import dev.mailbox.store.internal.db.Sql;
import dev.mailbox.store.internal.mime.Sha256;
import dev.mailbox.sync.Progress;
import dev.mailbox.sync.ProgressListener;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads everything back and compares it with what it was when it was stored. For one run. */
final class Verifier {
  private static final int PAGE = 1000;

  private final Store store;
  private final Throttle throttle;
  private final List<MessageId> damaged = new ArrayList<>();
  private final Set<String> problems = new LinkedHashSet<>();
  private int checked;
  private long bytes;

  Verifier(Store store, ProgressListener listener) {
    this.store = store;
    this.throttle = new Throttle(listener);
  }

  VerifyReport verify() {
    attempt(Integrity::problems).ifPresent(problems::addAll);
    long total = attempt(Integrity::contents).orElse(0L);
    long last = 0;
    while (true) {
      long from = last;
      List<Integrity.Checksum> page =
          attempt(sql -> Integrity.checksums(sql, from, PAGE)).orElse(List.of());
      if (page.isEmpty()) {
        return new VerifyReport(checked, bytes, damaged, List.copyOf(problems));
      }
      for (Integrity.Checksum checksum : page) {
        check(checksum);
        throttle.progress(
            new Progress(Progress.Phase.VERIFYING, checked, Math.max(total, checked), bytes));
      }
      last = page.get(page.size() - 1).content();
    }
  }

  private void check(Integrity.Checksum checksum) {
    MessageDigest digest = Sha256.digest();
    boolean readable = true;
    for (int number = 0; number < checksum.chunks() && readable; number++) {
      int chunk = number;
      Optional<byte[]> read =
          attempt(sql -> Contents.chunk(sql, checksum.content(), chunk)).flatMap(c -> c);
      readable = read.isPresent();
      read.ifPresent(digest::update);
      bytes += read.map(b -> b.length).orElse(0);
    }
    checked++;
    boolean sound = readable && Arrays.equals(digest.digest(), checksum.sha256());
    if (!sound && attempt(sql -> Contents.exists(sql, checksum.content())).orElse(true)) {
      attempt(sql -> Integrity.placements(sql, checksum.content())).orElse(List.of()).stream()
          .map(store::messageId)
          .forEach(damaged::add);
    }
  }

  /** Reads; that a damaged file cannot be read is a finding like others. */
  private <T> Optional<T> attempt(Function<Sql, T> read) {
    try {
      return Optional.of(store.read(read));
    } catch (StoreException e) {
      if (e.reason() != Reason.STORE_CORRUPT) {
        throw e;
      }
      problems.add(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}

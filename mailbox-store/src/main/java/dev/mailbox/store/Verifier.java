// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.MessageId;
import dev.mailbox.VerifyReport;
import dev.mailbox.store.internal.db.Contents;
import dev.mailbox.store.internal.db.Integrity;
import dev.mailbox.sync.Progress;
import dev.mailbox.sync.ProgressListener;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads everything back and compares it with what it was when it was stored. For one run. */
final class Verifier {
  private static final int PAGE = 1000;

  private final Store store;
  private final Throttle throttle;
  private final List<MessageId> damaged = new ArrayList<>();
  private int checked;
  private long bytes;

  Verifier(Store store, ProgressListener listener) {
    this.store = store;
    this.throttle = new Throttle(listener);
  }

  VerifyReport verify() {
    List<String> problems = store.read(Integrity::problems);
    long total = store.read(Integrity::contents);
    long last = 0;
    while (true) {
      long from = last;
      List<Integrity.Checksum> page = store.read(sql -> Integrity.checksums(sql, from, PAGE));
      if (page.isEmpty()) {
        return new VerifyReport(checked, bytes, damaged, problems);
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
    MessageDigest digest = sha256();
    boolean readable = true;
    for (int number = 0; number < checksum.chunks() && readable; number++) {
      int chunk = number;
      Optional<byte[]> read = store.read(sql -> Contents.chunk(sql, checksum.content(), chunk));
      readable = read.isPresent();
      read.ifPresent(digest::update);
      bytes += read.map(b -> b.length).orElse(0);
    }
    checked++;
    boolean sound = readable && Arrays.equals(digest.digest(), checksum.sha256());
    if (!sound && store.read(sql -> Contents.exists(sql, checksum.content()))) {
      store
          .read(sql -> Integrity.placements(sql, checksum.content()))
          .forEach(id -> damaged.add(store.messageId(id)));
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

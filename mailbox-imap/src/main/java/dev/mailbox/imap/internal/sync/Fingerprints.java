// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.sync;

import dev.mailbox.imap.internal.command.Fetch;
import dev.mailbox.imap.internal.grammar.ByteSink;
import dev.mailbox.imap.internal.grammar.FetchData;
import dev.mailbox.imap.internal.grammar.FetchHandler;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.imap.internal.session.Failures;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.imap.internal.session.Selected;
import dev.mailbox.wire.WireException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Messages of the selected folder by the hash of their header and their size. */
public final class Fingerprints implements FetchHandler {
  /**
   * What a message is known again by.
   *
   * @param headerHash the SHA-256 of its raw header block
   * @param size how many bytes it has
   */
  public record Print(ByteBuffer headerHash, long size) {
    /** Of a hash and a size. */
    public static Print of(byte[] headerHash, long size) {
      return new Print(ByteBuffer.wrap(headerHash.clone()), size);
    }

    /** Whether the header is not known, so that this tells nothing. */
    public boolean isNone() {
      return !headerHash.hasRemaining();
    }
  }

  private static final List<String> SIZES = List.of("UID", "RFC822.SIZE");
  private static final List<String> HEADERS = List.of("UID", "RFC822.SIZE", "BODY.PEEK[HEADER]");
  private static final int SET_CHARS = 1000;
  private static final long LARGEST = 0xffff_ffffL;
  private static final int HEADER_BYTES = 4096;

  private static final int MOST = 100_000;

  private final ImapSession session;
  private final Predicate<Long> sizes;
  private final Map<Long, Print> byUid = new LinkedHashMap<>();
  private final UidSet.Builder uids = UidSet.builder();
  private UidSet asked = UidSet.empty();
  private @Nullable Map<Print, ArrayDeque<Long>> byPrint;
  private MessageDigest digest = sha256();

  private @Nullable Status refusal;

  private Fingerprints(ImapSession session, Predicate<Long> sizes) {
    this.session = session;
    this.sizes = sizes;
  }

  /** Of these messages, which of them there are. */
  public static Fingerprints of(ImapSession session, UidSet wanted) throws WireException {
    Fingerprints prints = new Fingerprints(session, size -> true);
    prints.ask(wanted, SIZES);
    return prints;
  }

  /** Of all but these, as far as they have one of those sizes: of others no header is asked for. */
  public static Fingerprints unknown(ImapSession session, UidSet known, Set<Long> sizes)
      throws WireException {
    Fingerprints prints = new Fingerprints(session, sizes::contains);
    Selected folder = session.selected().orElseThrow();
    if (folder.exists() > 0) {
      UidSet all = UidSet.range(1, folder.uidNext() > 1 ? folder.uidNext() - 1 : LARGEST);
      prints.ask(all.minus(known), SIZES);
      prints.ask(prints.uids(), HEADERS);
    }
    return prints;
  }

  /** Of those from a UID on. */
  public static Fingerprints since(ImapSession session, long uid) throws WireException {
    Fingerprints prints = new Fingerprints(session, size -> true);
    if (session.selected().orElseThrow().exists() > 0) {
      prints.ask(UidSet.range(uid, LARGEST), HEADERS);
    }
    return prints;
  }

  /** What these messages look like, by their UIDs. */
  public static Map<Long, Print> byUid(ImapSession session, Iterable<UidSet> wanted)
      throws WireException {
    Fingerprints prints = new Fingerprints(session, size -> true);
    for (UidSet piece : wanted) {
      prints.ask(piece, HEADERS);
    }
    return prints.byUid;
  }

  private void ask(UidSet wanted, List<String> items) throws WireException {
    asked = asked.union(wanted);
    for (UidSet piece : wanted.chunks(Integer.MAX_VALUE, SET_CHARS)) {
      long expected = Math.min(piece.size(), 100) * HEADER_BYTES;
      session.submit(new Fetch(piece.toString(), items, expected, this, this::ended));
    }
    session.drain();
    Status no = refusal;
    if (no != null) {
      throw Failures.command(session.connection(), "list messages", no);
    }
  }

  /** What was not told must not be taken for gone. */
  private void ended(Status status) {
    if (!status.isOk()) {
      refusal = status;
    }
  }

  @Override
  public ByteSink open(long uid, String section, long size) {
    digest = sha256();
    return digest::update;
  }

  @Override
  public void fetched(FetchData data) throws WireException {
    if (data.uid() == 0 || !asked.contains(data.uid()) || !sizes.test(data.size())) {
      return;
    }
    uids.add(data.uid());
    if (data.hasBody()) {
      byUid.put(data.uid(), Print.of(digest.digest(), data.size()));
    }
    if (uids.ranges() > MOST || byUid.size() > MOST) {
      throw session.connection().garbled("the server lists messages without end");
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The messages that there are. */
  public UidSet uids() {
    return uids.build();
  }

  /** The UIDs of those whose prints are known, the greatest first. */
  public List<Long> newestFirst() {
    return byUid.keySet().stream().sorted(Comparator.reverseOrder()).toList();
  }

  /** What a message of those looks like. */
  public Print print(long uid) {
    Print print = byUid.get(uid);
    if (print == null) {
      throw new IllegalArgumentException("nothing is known of UID " + uid);
    }
    return print;
  }

  /** A message of that print; each is given once. */
  public Optional<Long> take(Print print) {
    Map<Print, ArrayDeque<Long>> left = byPrint;
    if (left == null) {
      left = new HashMap<>();
      for (Map.Entry<Long, Print> one : byUid.entrySet()) {
        left.computeIfAbsent(one.getValue(), p -> new ArrayDeque<>(1)).add(one.getKey());
      }
      byPrint = left;
    }
    ArrayDeque<Long> found = left.get(print);
    return found == null ? Optional.empty() : Optional.ofNullable(found.poll());
  }
}

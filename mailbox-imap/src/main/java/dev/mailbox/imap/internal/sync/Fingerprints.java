// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.sync;

import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.imap.internal.command.Fetch;
import dev.mailbox.imap.internal.command.Search;
import dev.mailbox.imap.internal.grammar.ByteSink;
import dev.mailbox.imap.internal.grammar.FetchData;
import dev.mailbox.imap.internal.grammar.FetchHandler;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.imap.internal.session.Failures;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.wire.WireException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
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

  /**
   * Where to look.
   *
   * @param uids among which messages
   * @param sizes for messages of which sizes: of others no header is asked for
   */
  public record Range(UidSet uids, Set<Long> sizes) {
    /** Copies the sizes. */
    public Range {
      sizes = Set.copyOf(sizes);
    }

    /** Among which messages to look for what looks so. */
    public static Range of(UidSet uids, Collection<Print> wanted) {
      return new Range(
          uids,
          wanted.stream()
              .filter(print -> !print.isNone())
              .map(Print::size)
              .collect(Collectors.toSet()));
    }
  }

  private static final List<String> SIZES = List.of("UID", "RFC822.SIZE", "FLAGS");
  private static final List<String> HEADERS = List.of("UID", "RFC822.SIZE", "BODY.PEEK[HEADER]");
  private static final int SET_CHARS = 1000;
  private static final int LINE_BYTES = 60;
  private static final int HEADER_BYTES = 4096;
  private static final int MOST_TOLD = 2_000_000;
  private static final int MOST_ALIKE = 10_000;

  private final ImapSession session;
  private final Map<Long, Print> byUid = new TreeMap<>();
  private final UidSet.Builder told = UidSet.builder();
  private final UidSet.Builder candidates = UidSet.builder();
  private int toldCount;
  private int candidateCount;
  private int presentCount;
  private UidSet asked = UidSet.empty();
  private Set<Long> sizes = Set.of();
  private boolean withoutDeleted;
  private @Nullable Map<Print, ArrayDeque<Long>> byPrint;
  private MessageDigest digest = sha256();
  private @Nullable Status refusal;

  private Fingerprints(ImapSession session) {
    this.session = session;
  }

  /**
   * Of the messages in a range.
   *
   * @param withoutDeleted whether to leave out what is marked as deleted
   * @throws RejectedException if the server does not let all of them be looked at, so that one that
   *     is not found may be there all the same
   */
  public static Fingerprints among(ImapSession session, Range range, boolean withoutDeleted)
      throws WireException {
    Fingerprints prints = new Fingerprints(session);
    prints.sizes = range.sizes();
    prints.withoutDeleted = withoutDeleted;
    if (session.selected().orElseThrow().exists() > 0 && !range.uids().isEmpty()) {
      prints.look(range.uids());
    }
    return prints;
  }

  private void look(UidSet range) throws WireException {
    ask(range, SIZES, LINE_BYTES);
    UidSet hull = UidSet.range(range.min(), range.max());
    UidSet untold = Search.present(session, hull).intersect(range).minus(told.build());
    if (!untold.isEmpty()) {
      throw hidden("the server does not tell the sizes of all messages");
    }
    if (candidateCount > MOST_ALIKE) {
      throw hidden("too many messages have the size of one that is looked for");
    }
    UidSet alike = candidates.build();
    ask(alike, HEADERS, HEADER_BYTES);
    UidSet.Builder came = UidSet.builder();
    byUid.keySet().forEach(came::add);
    UidSet withheld = alike.minus(came.build());
    if (!withheld.isEmpty() && !Search.present(session, withheld).isEmpty()) {
      throw hidden("the server does not give the headers of all messages");
    }
  }

  private static RejectedException hidden(String why) {
    return new RejectedException(Reason.IMPOSSIBLE, why, null, List.of());
  }

  private void ask(UidSet wanted, List<String> items, int bytes) throws WireException {
    asked = wanted;
    for (UidSet piece : wanted.chunks(Integer.MAX_VALUE, SET_CHARS)) {
      long expected = Math.min(piece.size(), 100) * bytes;
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
    if (data.uid() == 0 || data.size() < 0 || !asked.contains(data.uid())) {
      return;
    }
    if (data.hasBody()) {
      byUid.put(data.uid(), Print.of(digest.digest(), data.size()));
    } else {
      told(data);
    }
    if (++toldCount > MOST_TOLD) {
      throw session.connection().garbled("the server lists messages without end");
    }
  }

  private void told(FetchData data) {
    told.add(data.uid());
    boolean deleted = FlagSets.areDeleted(data.flags());
    if (deleted && withoutDeleted) {
      return;
    }
    presentCount++;
    if (sizes.contains(data.size())) {
      candidates.add(data.uid());
      candidateCount++;
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Whether there is no message at all, whatever its size. */
  public boolean none() {
    return presentCount == 0;
  }

  /** The UIDs of messages that look so, by what their prints are called; the first come first. */
  public Map<String, Long> take(Map<String, Print> wanted) {
    Map<String, Long> found = new LinkedHashMap<>();
    wanted.forEach((name, print) -> take(print).ifPresent(uid -> found.put(name, uid)));
    return found;
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

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.FolderPath;
import dev.mailbox.MessageId;
import dev.mailbox.Residence;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.content.Address;
import dev.mailbox.search.Query;
import dev.mailbox.search.Search;
import dev.mailbox.search.SearchResult;
import dev.mailbox.search.SortOrder;
import dev.mailbox.sync.ProgressListener;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.testkit.fault.Operation;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Searches the copy, and where that lacks something, the server. */
final class Searching {
  private final Device device;
  private final Server server;
  private final Copy copy;

  Searching(Device device) {
    this.device = device;
    this.server = device.server();
    this.copy = device.copy();
  }

  /** Searches a folder, or without one all of them. */
  SearchResult search(@Nullable FolderPath folder, Search search) {
    device.link().requireOpen();
    if (copy.residence() == Residence.LOCAL) {
      boolean asked = search.isLocalOnly() || bring(folder, search);
      boolean complete = asked && !server.read(() -> isLacking(folder, search.query()));
      return result(folder, search, complete, false);
    }
    boolean lacking = server.read(() -> isLacking(folder, search.query()));
    if (!lacking) {
      return result(folder, search, true, false);
    }
    if (search.isLocalOnly() || !device.link().isThere()) {
      return result(folder, search, false, false);
    }
    try {
      return ask(folder, search);
    } catch (ConnectionException e) {
      return result(folder, search, false, false);
    }
  }

  /** POP3 cannot search: a copy in memory is brought in step, and then the bodies are needed. */
  private boolean bring(@Nullable FolderPath folder, Search search) {
    try {
      boolean here = folder != null && !server.read(() -> copy.require(folder)).isKeptInStep();
      if (device.link().isThere() && device.config().store().isEmpty() && !here) {
        Set<FolderPath> folders = folder == null ? Set.of() : Set.of(folder);
        SyncReport unused = device.syncs().sync(folders, ProgressListener.NONE);
      }
      if (device.link().isThere() && Matcher.needsBodies(search.query())) {
        device.reader().prefetch(server.read(() -> notHere(folder)));
      }
      return true;
    } catch (ConnectionException e) {
      return false;
    }
  }

  private List<MessageId> notHere(@Nullable FolderPath folder) {
    return in(folder).stream().filter(p -> !p.body().isHere()).map(Placement::id).toList();
  }

  /** Searches with the server's help; throws if it cannot be reached. */
  SearchResult ask(@Nullable FolderPath folder, Search search) {
    device.link().session().ask(Operation.SEARCH, folder == null ? List.of() : List.of(folder));
    return server.change(
        () -> {
          bring(folder, search.query());
          return result(folder, search, true, true);
        });
  }

  /** A copy in memory is never whole; one on disk is, as of its last synchronization. */
  private boolean isLacking(@Nullable FolderPath folder, Query query) {
    List<CopiedFolder> folders = folder == null ? copy.folders() : List.of(copy.require(folder));
    boolean inMemory =
        copy.residence() == Residence.SERVER
            && device.config().store().isEmpty()
            && folders.stream().anyMatch(CopiedFolder::isKeptInStep);
    return inMemory
        || folders.stream().anyMatch(each -> !each.isWhole())
        || (Matcher.needsBodies(query) && in(folder).stream().anyMatch(p -> !p.body().isHere()));
  }

  /** Shows the headers of what matches on the server and is not here. */
  private void bring(@Nullable FolderPath folder, Query query) {
    FolderList list = new FolderList(device);
    boolean unused = list.follow();
    for (FolderPath each : folder == null ? list.inScope() : List.of(folder)) {
      server.box(each).ifPresent(box -> bring(box, query));
    }
  }

  private void bring(Box box, Query query) {
    Listing listing = new Listing(device, box.path(), SyncReport.builder());
    for (Held held : box.messages()) {
      if (copy.listed(box.key(held)).isEmpty() && matches(query, held)) {
        Placement unused = listing.place(held, false);
      }
    }
  }

  private boolean matches(Query query, Held held) {
    boolean there = copy.residence() == Residence.SERVER;
    return Matcher.matches(
        query,
        new Matcher.Candidate(
            held.content(), there ? held.flags() : Set.of(), held.arrivedAt(), true));
  }

  private List<Placement> in(@Nullable FolderPath folder) {
    return folder == null ? List.copyOf(copy.messages()) : copy.in(copy.require(folder).path());
  }

  private SearchResult result(
      @Nullable FolderPath folder, Search search, boolean complete, boolean withServer) {
    List<MessageId> ids =
        server.read(
            () ->
                in(folder).stream()
                    .filter(p -> Matcher.matches(search.query(), candidate(p, withServer)))
                    .sorted(order(search.order()))
                    .limit(search.limit())
                    .map(Placement::id)
                    .toList());
    return new Hits(device.reader(), ids, complete);
  }

  private static Matcher.Candidate candidate(Placement p, boolean withServer) {
    return new Matcher.Candidate(
        p.body().content(), p.flags(), p.receivedAt(), withServer || p.body().isHere());
  }

  private static Comparator<Placement> order(SortOrder order) {
    return switch (order) {
      case NEWEST_FIRST -> Placement.NEWEST_FIRST;
      case OLDEST_FIRST -> Placement.NEWEST_FIRST.reversed();
      case LARGEST_FIRST -> by(p -> (long) -p.body().content().sizeInBytes());
      case SUBJECT -> by(p -> Matcher.fold(p.body().content().envelope().subject()));
      case FROM -> by(p -> Matcher.fold(author(p)));
    };
  }

  private static <T extends Comparable<T>> Comparator<Placement> by(Function<Placement, T> key) {
    return Comparator.comparing(key).thenComparing(Placement.NEWEST_FIRST);
  }

  private static String author(Placement placement) {
    Optional<Address> first = placement.body().content().envelope().from().stream().findFirst();
    return first.map(Address::toString).orElse("");
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import dev.mailbox.Mailbox;
import dev.mailbox.search.Query;
import dev.mailbox.search.Search;
import dev.mailbox.search.SearchResult;
import dev.mailbox.search.SortOrder;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "search",
    description = "Searches a store for messages that meet all conditions, newest first.")
final class SearchCommand extends MailCommand {
  @Mixin private final StoreOption store = new StoreOption();
  @Mixin private final QueryOptions query = new QueryOptions();

  @Option(
      names = {"-f", "--folder"},
      description = "Only in this folder; in all by default.")
  private @Nullable String folder;

  @Option(
      names = "--sort",
      paramLabel = "ORDER",
      defaultValue = "newest",
      description = "newest (the default), oldest, largest, subject or from.")
  private String sort = "newest";

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      defaultValue = "50",
      description = "How many at most; 50 by default.")
  private int limit = 50;

  SearchCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run() throws IOException {
    Query conditions = query.query(terminal().zone());
    SortOrder order = order();
    Search search =
        ServerOptions.checked(() -> Search.of(conditions).sortedBy(order).limit(limit).localOnly());
    return open(store.offline(), mailbox -> search(mailbox, search));
  }

  private SortOrder order() {
    return switch (sort.toLowerCase(Locale.ROOT)) {
      case "newest" -> SortOrder.NEWEST_FIRST;
      case "oldest" -> SortOrder.OLDEST_FIRST;
      case "largest" -> SortOrder.LARGEST_FIRST;
      case "subject" -> SortOrder.SUBJECT;
      case "from" -> SortOrder.FROM;
      default -> throw CommandException.usage("--sort is newest, oldest, largest, subject or from");
    };
  }

  private ExitCode search(Mailbox mailbox, Search search) throws IOException {
    SearchResult result =
        folder == null ? mailbox.search(search) : folder(mailbox, folder).search(search);
    if (isJson()) {
      Json.print(terminal().out(), json -> MessageJson.list(json, result));
    } else {
      new MessageTable(terminal()).print(result);
      if (result.isEmpty()) {
        remark("no message matches");
      } else if (result.size() == limit) {
        remark("the first " + limit + "; more with --limit");
      }
    }
    return ExitCode.OK;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.search.Query;
import dev.mailbox.search.Search;
import dev.mailbox.search.SearchResult;
import dev.mailbox.search.SortOrder;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "search",
    description = {
      "Searches for messages that meet all conditions, newest first.",
      "With --store alone it looks here, with a URL on the server, with",
      "both here, as of the last sync, and on the server for what that left out."
    })
final class SearchCommand extends MailCommand {
  @Mixin private final PlaceOptions place = new PlaceOptions();

  @Parameters(
      paramLabel = "[URL] [WORD...]",
      arity = "0..*",
      hideParamSyntax = true,
      description = {"A server, and words in the message; quoted ones must", "follow each other."})
  private List<String> words = List.of();

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
    Query conditions = query.query(place.takeUrl(words), terminal().zone());
    SortOrder order = order();
    Search all = LoginOptions.checked(() -> Search.of(conditions).sortedBy(order).limit(limit));
    Search search = place.hasServer() ? all : all.localOnly();
    FolderPath only = folder == null ? null : path(folder);
    return open(place.configure(terminal(), only), mailbox -> search(mailbox, only, search));
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

  private ExitCode search(Mailbox mailbox, @Nullable FolderPath only, Search search)
      throws IOException {
    SearchResult result =
        only == null ? mailbox.search(search) : place.folder(mailbox, only).search(search);
    if (isJson()) {
      Json.print(terminal().out(), json -> MessageJson.list(json, result, place.hasStore()));
    } else {
      print(result);
    }
    if (!place.hasServer() && !result.complete()) {
      remark("some mail is on the server alone and was not searched; with a URL it is");
    } else if (place.hasServer() && !result.complete()) {
      // Either the server cannot be asked, and this says why, or there is more than it was asked.
      mailbox.check();
      remark("the server has mail that was not searched; mailbox sync copies it");
    }
    return ExitCode.OK;
  }

  private void print(SearchResult result) {
    MessageTable table = new MessageTable(terminal());
    if (place.hasStore()) {
      table.print(result);
    } else {
      table.printByServerId(result);
    }
    if (result.isEmpty()) {
      remark("no message matches");
    } else if (result.size() == limit) {
      remark("the first " + limit + "; more with --limit");
    }
  }
}

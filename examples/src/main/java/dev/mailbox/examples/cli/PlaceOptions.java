// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import dev.mailbox.Folder;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Message;
import dev.mailbox.Residence;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.Removal;
import dev.mailbox.sync.SyncScope;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Where a command works: on a server, in a store, or on a server by way of a store. The URL of the
 * server comes before the command's other words.
 */
final class PlaceOptions {
  private static final Pattern URL = Pattern.compile("(?i)(pop3|imap)s?://.*");

  @Option(
      names = {"-s", "--store"},
      paramLabel = "DIR",
      defaultValue = "${env:MAILBOX_STORE}",
      description = "The directory that sync keeps the mail in.")
  private @Nullable Path store;

  @Mixin private final LoginOptions login = new LoginOptions();

  private Optional<String> url = Optional.empty();

  /** Takes the URL off the front, if there is one; the rest is what the command is about. */
  List<String> takeUrl(List<String> words) {
    boolean first = !words.isEmpty() && URL.matcher(words.get(0)).matches();
    url = first ? Optional.of(words.get(0)) : Optional.empty();
    return first ? words.subList(1, words.size()) : words;
  }

  boolean hasServer() {
    return url.isPresent();
  }

  boolean hasStore() {
    return store != null;
  }

  /**
   * Complains about a command that needs a store.
   *
   * @throws CommandException if there is none
   */
  void requireStore() {
    if (store == null) {
      throw CommandException.usage("ids are those of a store: say --store DIR");
    }
  }

  /**
   * The mailbox there.
   *
   * @param folder the only folder that matters, or null
   * @throws CommandException if there is no such store, or the options make no sense
   */
  MailboxConfig configure(Terminal terminal, @Nullable FolderPath folder) {
    if (store != null) {
      StoreOption.requireStore(store);
    }
    if (url.isPresent()) {
      return withServer(login.configure(terminal, url.get()), folder);
    }
    return Optional.ofNullable(store)
        .map(path -> MailboxConfig.offline(path).build())
        .orElseThrow(
            () ->
                CommandException.usage("which mailbox? say --store DIR, a server's URL, or both"));
  }

  /**
   * The folder that only matters, which the server is asked for if it is not known here.
   *
   * @throws CommandException if there is none
   */
  Folder folder(Mailbox mailbox, FolderPath path) {
    boolean isKnown = mailbox.folder(path).isPresent();
    if (!isKnown && hasServer() && mailbox.inbox().residence() == Residence.SERVER) {
      mailbox.sync();
    }
    return MailCommand.folder(mailbox, path);
  }

  /**
   * A message there whose body is here, or can be had from the server.
   *
   * @throws CommandException if there is none
   */
  Message findWithBody(Mailbox mailbox, String id) {
    Message message = MailCommand.find(mailbox, id);
    if (!message.isDownloaded() && !hasServer()) {
      throw CommandException.notFound(
          "the body of " + id + " is not here",
          "name the server's URL too, or let mailbox sync --bodies all download it");
    }
    return message;
  }

  private MailboxConfig withServer(MailboxConfig.Builder builder, @Nullable FolderPath folder) {
    builder.removal(Removal.never());
    if (store != null) {
      builder.keepIn(store);
    }
    if (folder != null && !folder.equals(FolderPath.INBOX)) {
      // It may not be known yet. This is the least that a sync can do to change that.
      SyncScope least = SyncScope.everything().folders(Set.of(folder)).newest(1);
      builder.scope(least.bodies(BodyPolicy.onDemand()));
    }
    return LoginOptions.build(builder);
  }
}

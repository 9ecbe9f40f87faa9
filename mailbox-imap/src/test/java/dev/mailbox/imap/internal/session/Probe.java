// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.session;

import dev.mailbox.imap.internal.grammar.FetchHandler;
import dev.mailbox.imap.internal.grammar.ResponseReader;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.wire.Command;
import dev.mailbox.wire.Literals;
import dev.mailbox.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A command that writes down what it is told. */
final class Probe implements Exchange {
  private final String keyword;
  private final List<String> told = new ArrayList<>();
  private UnaryOperator<Command.Builder> arguments = builder -> builder;
  private Optional<FetchHandler> fetches = Optional.empty();
  private long expectedBytes = 256;

  Probe(String keyword) {
    this.keyword = keyword;
  }

  /** With a string that has to be sent as a literal. */
  Probe withLiteral(String... texts) {
    arguments =
        builder -> {
          for (String text : texts) {
            builder.string("text", "\r\n" + text);
          }
          return builder;
        };
    return this;
  }

  Probe withText(String text) {
    arguments = builder -> builder.string("text", text);
    return this;
  }

  Probe takingFetches() {
    fetches = Optional.of(data -> told.add("fetch " + data.sequence()));
    return this;
  }

  Probe expecting(long bytes) {
    expectedBytes = bytes;
    return this;
  }

  List<String> told() {
    return told;
  }

  @Override
  public Command command(String tag, Literals literals) {
    return arguments.apply(Command.tagged(tag, keyword, literals)).build();
  }

  @Override
  public long expectedBytes() {
    return expectedBytes;
  }

  @Override
  public Optional<FetchHandler> fetches() {
    return fetches;
  }

  @Override
  public boolean untagged(String name, ResponseReader in) throws WireException {
    if (!name.equals("MINE")) {
      return false;
    }
    told.add(name + " " + in.rest());
    return true;
  }

  @Override
  public void noted(Status status) {
    told.add("noted " + status.code());
  }

  @Override
  public void done(Status status) {
    told.add(status.kind().toString());
  }
}

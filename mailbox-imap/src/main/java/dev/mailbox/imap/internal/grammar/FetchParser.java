// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.grammar;

import dev.mailbox.wire.WireException;

/** Takes FETCH responses apart (RFC 9051 section 7.5.2). For one thread. */
public final class FetchParser {
  private final ResponseReader in;
  private final FetchData data = new FetchData();

  /** Reads from a reader. */
  public FetchParser(ResponseReader in) {
    this.in = in;
  }

  /** Reads what follows {@code * 12 FETCH}. */
  public void parse(long sequence, FetchHandler handler) throws WireException {
    data.reset(sequence);
    in.spaces();
    in.expect('(');
    in.spaces();
    while (!in.tryRead(')')) {
      item(in.item(), handler);
      in.spaces();
    }
    in.skipRest();
    handler.fetched(data);
  }

  private void item(String name, FetchHandler handler) throws WireException {
    in.spaces();
    switch (name) {
      case "UID" -> data.uid(in.uid());
      case "FLAGS" -> data.flags(in.list());
      case "RFC822.SIZE" -> data.size(in.number());
      case "INTERNALDATE" -> data.internalDate(ImapDate.parse(in.string()));
      default -> {
        if (name.startsWith("BODY[") || name.startsWith("BINARY[")) {
          body(name, handler);
        } else {
          in.skipValue();
        }
      }
    }
  }

  private void body(String section, FetchHandler handler) throws WireException {
    long size = in.stringSize();
    if (size < 0) {
      in.skipValue();
      return;
    }
    data.body(in.nstring(handler.open(data.uid(), section, size)));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.search;

import java.util.ArrayList;
import java.util.List;

/** A condition as a server is asked for it. */
sealed interface SearchKey {
  /** Every message. */
  record All() implements SearchKey {}

  /** No message. */
  record None() implements SearchKey {}

  /** One key with its arguments. */
  record Leaf(List<SearchToken> tokens) implements SearchKey {}

  /** All of at least two. */
  record And(List<SearchKey> keys) implements SearchKey {}

  /** One of at least two. */
  record Or(List<SearchKey> keys) implements SearchKey {}

  /** A key without a list of arguments or with one. */
  static SearchKey leaf(String word, SearchToken... arguments) {
    List<SearchToken> tokens = new ArrayList<>();
    tokens.add(new SearchToken.Word(word));
    tokens.addAll(List.of(arguments));
    return new Leaf(List.copyOf(tokens));
  }

  /** All of them, in its shortest form. */
  static SearchKey and(List<SearchKey> keys) {
    List<SearchKey> rest = keys.stream().filter(key -> !(key instanceof All)).toList();
    if (rest.contains(new None())) {
      return new None();
    }
    return rest.isEmpty() ? new All() : rest.size() == 1 ? rest.get(0) : new And(rest);
  }

  /** One of them, in its shortest form. */
  static SearchKey or(List<SearchKey> keys) {
    List<SearchKey> rest = keys.stream().filter(key -> !(key instanceof None)).toList();
    if (rest.contains(new All())) {
      return new All();
    }
    return rest.isEmpty() ? new None() : rest.size() == 1 ? rest.get(0) : new Or(rest);
  }

  /** Writes it where several keys mean that all of them hold. */
  default void write(List<SearchToken> out) {
    if (this instanceof All) {
      out.add(new SearchToken.Word("ALL"));
    } else if (this instanceof None) {
      out.addAll(List.of(new SearchToken.Word("NOT"), new SearchToken.Word("ALL")));
    } else if (this instanceof Leaf leaf) {
      out.addAll(leaf.tokens);
    } else if (this instanceof And and) {
      and.keys.forEach(key -> key.write(out));
    } else if (this instanceof Or or) {
      writeOr(or.keys, out);
    }
  }

  /** Writes it where one key is expected. */
  private void writeOne(List<SearchToken> out) {
    if (this instanceof And) {
      out.add(new SearchToken.Open());
      write(out);
      out.add(new SearchToken.Close());
    } else {
      write(out);
    }
  }

  /** OR takes two keys; in halves, it nests only as deep as it must. */
  private static void writeOr(List<SearchKey> keys, List<SearchToken> out) {
    if (keys.size() == 1) {
      keys.get(0).writeOne(out);
      return;
    }
    out.add(new SearchToken.Word("OR"));
    int half = keys.size() / 2;
    writeOr(keys.subList(0, half), out);
    writeOr(keys.subList(half, keys.size()), out);
  }
}

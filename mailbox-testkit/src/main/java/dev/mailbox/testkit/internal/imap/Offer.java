// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What a server offers. Immutable.
 *
 * @param beforeLogin what is listed until the client has logged in; null for the same as then
 * @param removed what was taken away, in upper case
 */
record Offer(
    List<String> capabilities,
    @Nullable List<String> beforeLogin,
    List<String> mechanisms,
    @Nullable SSLContext startTls,
    Set<String> removed) {

  /** The protocol without extensions. */
  static final Offer PLAIN =
      new Offer(List.of("IMAP4rev1"), null, List.of("PLAIN", "LOGIN"), null, Set.of());

  Offer listing(List<String> names) {
    return new Offer(List.copyOf(names), null, mechanisms, startTls, removed);
  }

  Offer listingBeforeLogin(List<String> names) {
    return new Offer(capabilities, List.copyOf(names), mechanisms, startTls, removed);
  }

  Offer withMechanisms(List<String> names) {
    return new Offer(capabilities, beforeLogin, List.copyOf(names), startTls, removed);
  }

  Offer withStartTls(@Nullable SSLContext context) {
    return new Offer(capabilities, beforeLogin, mechanisms, context, removed);
  }

  /** The same but for these, of which each must be offered, or gone already. */
  Offer without(List<String> names) {
    Offer left = this;
    for (String name : names) {
      left = left.without(name);
    }
    return left;
  }

  private Offer without(String each) {
    String name = each.toUpperCase(Locale.ROOT);
    List<String> before = beforeLogin;
    List<String> kept = capabilities.stream().filter(c -> !isNamed(c, name)).toList();
    List<String> first =
        before == null ? null : before.stream().filter(c -> !isNamed(c, name)).toList();
    List<String> left = mechanisms.stream().filter(m -> !isNamed("AUTH=" + m, name)).toList();
    boolean tls = name.equals("STARTTLS") && startTls != null;
    boolean offered =
        tls
            || kept.size() < capabilities.size()
            || left.size() < mechanisms.size()
            || !Objects.equals(first, before);
    if (!offered && !removed.contains(name)) {
      throw new IllegalArgumentException(
          each + " is not offered, but " + capabilities + " and mechanisms " + mechanisms);
    }
    Set<String> gone = new HashSet<>(removed);
    gone.add(name);
    return new Offer(kept, first, left, tls ? null : startTls, Set.copyOf(gone));
  }

  private static boolean isNamed(String capability, String name) {
    String upper = capability.toUpperCase(Locale.ROOT);
    return upper.equals(name) || upper.startsWith(name + "=");
  }

  /** The list of that time, without AUTH= and STARTTLS. */
  List<String> listed(boolean loggedIn) {
    List<String> before = beforeLogin;
    return loggedIn || before == null ? capabilities : before;
  }

  /** Whether that is listed, before the login or after. */
  boolean lists(String capability) {
    return all().anyMatch(capability::equalsIgnoreCase);
  }

  /** Whether a capability with that name, or one that begins with it and =, is listed. */
  boolean listsAny(String name) {
    return lists(name) || all().anyMatch(each -> each.startsWith(name + "="));
  }

  private Stream<String> all() {
    List<String> before = beforeLogin;
    return before == null
        ? capabilities.stream()
        : Stream.concat(capabilities.stream(), before.stream());
  }
}

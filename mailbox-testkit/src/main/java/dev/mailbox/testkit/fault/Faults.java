// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.fault;

import java.util.List;

/**
 * Faults by name, for tests that a program survives each of them.
 *
 * <pre>{@code
 * @ParameterizedTest
 * @MethodSource("dev.mailbox.testkit.fault.Faults#imap")
 * void survives(NamedFault fault) {
 *   server.imap().on(fault).once().meet(fault.fault());
 *   ...
 * }
 * }</pre>
 *
 * <p>A server that was started anew sends the same bytes for the same fault to a client that says
 * the same, if its clock stands still and its {@code seed} is set.
 */
public final class Faults {
  private Faults() {}

  /** The faults of an IMAP server, in the order of a session. */
  public static List<NamedFault> imap() {
    return imap(1);
  }

  /** The same, with this seed for what is random in them. */
  public static List<NamedFault> imap(long seed) {
    var catalogue = new Catalogue();
    ImapSessionFaults.addTo(catalogue, seed);
    ImapFolderFaults.addTo(catalogue);
    ImapFetchFaults.addTo(catalogue, seed);
    ImapChangeFaults.addTo(catalogue);
    return catalogue.faults();
  }

  /** The faults of a POP3 server, in the order of a session. */
  public static List<NamedFault> pop3() {
    return pop3(1);
  }

  /** The same, with this seed for what is random in them. */
  public static List<NamedFault> pop3(long seed) {
    var catalogue = new Catalogue();
    Pop3SessionFaults.addTo(catalogue, seed);
    Pop3ListFaults.addTo(catalogue);
    Pop3MessageFaults.addTo(catalogue, seed);
    return catalogue.faults();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StatusTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "LOGIN completed; ''; ''; LOGIN completed",
        "''; ''; ''; ''",
        "[READ-ONLY] done; READ-ONLY; ''; done",
        "[read-only] done; READ-ONLY; ''; done",
        "[READ-ONLY]; READ-ONLY; ''; ''",
        "[UIDNEXT 4392] Predicted next UID; UIDNEXT; 4392; Predicted next UID",
        "[PERMANENTFLAGS (\\Deleted \\*)] Limited; PERMANENTFLAGS; (\\Deleted \\*); Limited",
        "[COPYUID 1 2:3 4:5] Done; COPYUID; 1 2:3 4:5; Done",
        "[CAPABILITY IMAP4rev1 IDLE]hi; CAPABILITY; IMAP4rev1 IDLE; hi",
        "[ALERT never closed; ALERT; never closed; ''",
        "[] what; ''; ''; what",
        "no [CODE] here; ''; ''; no [CODE] here",
      })
  void codeAndTextAreTakenApart(String rest, String code, String argument, String text) {
    assertThat(Status.of(Status.Kind.OK, rest))
        .isEqualTo(new Status(Status.Kind.OK, code, argument, text));
  }

  @ParameterizedTest
  @EnumSource(Status.Kind.class)
  void eachKindHasItsName(Status.Kind kind) {
    assertThat(Status.kind(kind.name())).contains(kind);
    assertThat(Status.of(kind, "").isOk()).isEqualTo(kind == Status.Kind.OK);
  }

  @Test
  void otherNamesAreNoKind() {
    assertThat(Status.kind("")).isEmpty();
    assertThat(Status.kind("OKAY")).isEmpty();
    assertThat(Status.kind("FLAGS")).isEmpty();
  }

  @Test
  void shownTextIsShortPrintableAscii() {
    assertThat(Status.of(Status.Kind.NO, "[INUSE] go \u001b[31m away\u0000\u00e9").shown())
        .isEqualTo("[INUSE] go ?[31m away??");
    assertThat(Status.of(Status.Kind.NO, "[INUSE]").shown()).isEqualTo("[INUSE]");
    assertThat(Status.of(Status.Kind.NO, "x".repeat(100_000)).shown()).hasSize(300);
    assertThat(Status.of(Status.Kind.NO, "").shown()).isEmpty();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mailbox.Flag;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
  @Test
  void chainOfAndsIsOneAnd() {
    Query query = Query.from("a").and(Query.subject("b")).and(Query.flagged(Flag.SEEN));

    assertThat(query)
        .isEqualTo(
            new Query.And(List.of(Query.from("a"), Query.subject("b"), Query.flagged(Flag.SEEN))));
  }

  @Test
  void chainOfOrsIsOneOrAndKeepsWhatWasJoinedByAnd() {
    Query both = Query.from("a").and(Query.subject("b"));

    assertThat(both.or(Query.all()).or(Query.unread()))
        .isEqualTo(new Query.Or(List.of(both, Query.all(), Query.unread())));
  }

  @Test
  void notTwiceIsTheQueryItself() {
    assertThat(Query.not(Query.not(Query.all()))).isEqualTo(Query.all());
    assertThat(Query.not(Query.unread())).isEqualTo(Query.flagged(Flag.SEEN));
  }

  @Test
  void searchRemembersOrderLimitAndPlace() {
    Search search = Query.all().sortedBy(SortOrder.SUBJECT).limit(3).localOnly();

    assertThat(search.query()).isEqualTo(Query.all());
    assertThat(search.order()).isEqualTo(SortOrder.SUBJECT);
    assertThat(search.limit()).isEqualTo(3);
    assertThat(search.isLocalOnly()).isTrue();
    assertThat(Query.all().limit(1).isLocalOnly()).isFalse();
  }

  @Test
  void limitBelowOneIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Query.all().limit(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:b", "a\r\nb", "é"})
  void badHeaderNamesAreRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Query.header(name, "x"))
        .withMessageContaining("header field name");
  }
}

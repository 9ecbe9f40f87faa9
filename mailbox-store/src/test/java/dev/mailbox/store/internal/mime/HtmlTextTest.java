// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HtmlTextTest {
  @ParameterizedTest(name = "[{index}] {0}")
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '`',
      value = {
        "plain§plain",
        "a <b>b</b> c§a b c",
        "a<b>b</b>c§abc",
        "<p>a</p><p>b</p>§a\\n\\nb",
        "<div>a</div><div>b</div>§a\\nb",
        "a<br>b<br/><br>c§a\\nb\\n\\nc",
        "  a \\n\\n b  §a b",
        "<h1>T</h1>text§T\\n\\ntext",
        "<ul><li>a</li><li>b</li></ul>§- a\\n- b",
        "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>§a b\\nc",
        "<pre>a\\n  b</pre>c§a\\n  b\\n\\nc",
        "a<script>x<y</script>b§ab",
        "<style>p {}</style>a§a",
        "<title>t</title>a§a",
        "a<!-- <b> -->b§ab",
        "a<!DOCTYPE x>b§ab",
        "a<?xml ?>b§ab",
        "&lt;b&gt; &amp; &eacute; &#8364; &#x20AC; &nope;§<b> & é € € &nope;",
        "a&nbsp;b§a b",
        "a < b§a < b",
        "1<2§1<2",
        "<a href=\"x>y\">link</a>§link",
        "<img alt='>' src=x>a§a",
        "<unclosed§``",
        "a<!-- unclosed§a",
        "a<script>unclosed§a",
        "<P>A</P >B§A\\n\\nB",
        "<b\\n>a</b\\n>§a",
        "</p></p>a§a",
        "&§&",
        "a&amp§a&",
      })
  void htmlBecomesTextToRead(String html, String expected) {
    assertThat(HtmlText.toText(html.replace("\\n", "\n"), 1000))
        .isEqualTo(expected.replace("\\n", "\n"));
  }

  @Test
  void theTextIsNoLongerThanWanted() {
    assertThat(HtmlText.toText("<p>abc".repeat(100), 10)).hasSizeLessThanOrEqualTo(10);
  }
}

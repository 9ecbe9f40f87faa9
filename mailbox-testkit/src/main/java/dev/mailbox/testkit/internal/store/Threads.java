// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.store;

import dev.mailbox.testkit.internal.mime.MailHeader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which messages belong to one conversation, by their references (RFC 8474, section 5.2). */
public final class Threads {
  private static final Pattern ID = Pattern.compile("<[^<>\\s]+>");

  private final Map<String, Long> byMessageId = new HashMap<>();
  private final Map<Long, Long> byContent = new HashMap<>();
  private long next;

  Threads() {}

  /** The number of its thread, which stays. Guarded by the account's lock. */
  public long of(Content content) {
    return byContent.computeIfAbsent(content.id(), id -> find(content));
  }

  private long find(Content content) {
    MailHeader header = MailHeader.of(content.source());
    List<String> ids = new ArrayList<>();
    for (String field : List.of("References", "In-Reply-To", "Message-ID")) {
      Matcher id = ID.matcher(String.join(" ", header.values(field)));
      while (id.find()) {
        ids.add(id.group());
      }
    }
    long thread =
        ids.stream().filter(byMessageId::containsKey).map(byMessageId::get).findFirst().orElse(0L);
    long chosen = thread == 0 ? ++next : thread;
    ids.forEach(id -> byMessageId.putIfAbsent(id, chosen));
    return chosen;
  }
}

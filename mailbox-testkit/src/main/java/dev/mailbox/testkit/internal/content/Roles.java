// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.content;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells what is read from what is attached, and from what a page shows: a text with a name is
 * attached, unless the mail begins with it. For one mail.
 */
final class Roles {
  private static final Set<String> READABLE =
      Set.of("text/plain", "text/html", "text/enriched", "text/richtext");
  private static final Pattern REFERENCE = Pattern.compile("(?i)cid:([^\\s\"'<>)(&]+)");

  private final ContentPart root;
  private final List<ContentPart> pages = new ArrayList<>();
  private final Map<String, List<ContentPart>> byId = new HashMap<>();

  Roles(ContentPart root) {
    this.root = root;
  }

  void assign() {
    visit(root, true, false);
    if (!byId.isEmpty()) {
      pages.forEach(this::markReferences);
    }
  }

  private void visit(ContentPart part, boolean first, boolean alternative) {
    List<ContentPart> inside = part.parts();
    boolean choice = part.contentType().equals("multipart/alternative");
    for (int i = 0; i < inside.size(); i++) {
      visit(inside.get(i), part.isMultipart() ? first && i == 0 : true, choice);
    }
    if (part.isSplit()) {
      return;
    }
    if (isRead(part, first, alternative)) {
      if (part.contentType().equals("text/html")) {
        pages.add(part);
      }
    } else {
      part.makeAttachment();
      if (!part.isMessage()) {
        part.contentId()
            .ifPresent(id -> byId.computeIfAbsent(id, i -> new ArrayList<>()).add(part));
      }
    }
  }

  private static boolean isRead(ContentPart part, boolean first, boolean alternative) {
    if (part.isMisnamed()) {
      return true;
    }
    if (!part.isText() || part.isSaidToBeAttached()) {
      return false;
    }
    boolean named = part.fileName().isPresent();
    return READABLE.contains(part.contentType())
        ? !named || first
        : !named && alternative && !part.contentType().equals("text/calendar");
  }

  private void markReferences(ContentPart page) {
    Matcher reference = REFERENCE.matcher(page.text());
    while (reference.find()) {
      byId.getOrDefault(reference.group(1), List.of()).forEach(ContentPart::makeInline);
    }
  }
}

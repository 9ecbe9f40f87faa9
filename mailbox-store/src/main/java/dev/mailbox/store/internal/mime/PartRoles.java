// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what each part is for: to be read, to be shown inside the HTML, or to be saved. A part
 * that is neither a text to read nor referred to by HTML is an attachment, so that none is hidden.
 */
final class PartRoles {
  private static final Set<String> READABLE =
      Set.of("text/plain", "text/html", "text/enriched", "text/richtext");

  private final Defects defects;
  private final List<Entity> pages = new ArrayList<>();
  private final Map<String, List<Entity>> byContentId = new HashMap<>();

  private PartRoles(Defects defects) {
    this.defects = defects;
  }

  static void assign(Entity root, Defects defects) {
    PartRoles roles = new PartRoles(defects);
    roles.visit(root);
    if (!roles.byContentId.isEmpty()) {
      roles.pages.forEach(roles::markReferences);
    }
  }

  private void visit(Entity entity) {
    entity.children.forEach(this::visit);
    if (entity.isSplit()) {
      return;
    }
    boolean wasBegun = entity.header.isMultipart() && !entity.children.isEmpty();
    entity.isAttachment = !wasBegun && !isRead(entity);
    if (!entity.isAttachment) {
      if (entity.header.type().equals("text/html")) {
        pages.add(entity);
      }
    } else if (!entity.header.contentId().isEmpty() && !entity.header.isMessage()) {
      byContentId.computeIfAbsent(entity.header.contentId(), key -> new ArrayList<>(1)).add(entity);
    }
  }

  private static boolean isRead(Entity leaf) {
    PartHeader header = leaf.header;
    if (leaf.isMisnamed) {
      return true;
    }
    if (!header.isText() || header.disposition().equals("attachment")) {
      return false;
    }
    boolean named = !header.fileName().isEmpty();
    if (READABLE.contains(header.type())) {
      return !named || isFirst(leaf);
    }
    return !named && isAlternative(leaf) && !header.type().equals("text/calendar");
  }

  /** A text with a name is an attachment, unless the message begins with it. */
  private static boolean isFirst(Entity leaf) {
    Entity child = leaf;
    @Nullable Entity parent = leaf.parent;
    while (parent != null && parent.header.isMultipart()) {
      if (parent.children.get(0) != child) {
        return false;
      }
      child = parent;
      parent = parent.parent;
    }
    return true;
  }

  private static boolean isAlternative(Entity leaf) {
    return leaf.parent != null && leaf.parent.isMultipartOf("alternative");
  }

  private void markReferences(Entity page) {
    String html = BodyText.read(page, Limits.TEXT_CHARS, defects);
    int at = indexOfCid(html, 0);
    while (at >= 0) {
      int end = at;
      while (end < html.length() && isIdChar(html.charAt(end)) && end - at <= Limits.NAME_CHARS) {
        end++;
      }
      String id = html.substring(at, end);
      mark(id);
      if (id.indexOf('%') >= 0) {
        mark(ParameterSections.percentDecoded(id));
      }
      at = indexOfCid(html, end);
    }
  }

  private void mark(String contentId) {
    for (Entity entity : byContentId.getOrDefault(contentId, List.of())) {
      entity.isInline = true;
      entity.isAttachment = false;
    }
  }

  private static int indexOfCid(String html, int from) {
    int colon = html.indexOf(':', from);
    while (colon >= 0) {
      if (colon >= 3 && html.substring(colon - 3, colon).toLowerCase(Locale.ROOT).equals("cid")) {
        return colon + 1;
      }
      colon = html.indexOf(':', colon + 1);
    }
    return -1;
  }

  private static boolean isIdChar(char c) {
    return c > ' ' && "\"'<>)(&".indexOf(c) < 0;
  }
}

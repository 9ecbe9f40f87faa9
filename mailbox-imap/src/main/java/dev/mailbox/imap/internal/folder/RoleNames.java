// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.folder;

import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What folders are for: as the server says (RFC 6154), and where it says nothing of any, by the
 * names that servers and mail programs give them in many languages.
 */
public final class RoleNames {
  /**
   * A folder of a listing.
   *
   * @param path its path
   * @param attributes in lower case, with their backslashes
   */
  public record Listed(FolderPath path, Set<String> attributes) {}

  private static final Map<String, FolderRole> ATTRIBUTES =
      Map.of(
          "\\all", FolderRole.ALL,
          "\\allmail", FolderRole.ALL,
          "\\archive", FolderRole.ARCHIVE,
          "\\drafts", FolderRole.DRAFTS,
          "\\flagged", FolderRole.FLAGGED,
          "\\starred", FolderRole.FLAGGED,
          "\\junk", FolderRole.JUNK,
          "\\spam", FolderRole.JUNK,
          "\\sent", FolderRole.SENT,
          "\\trash", FolderRole.TRASH);

  /** In lower case; the earlier a name stands, the rather it is the one. */
  private static final Map<FolderRole, List<String>> NAMES = new LinkedHashMap<>();

  static {
    NAMES.put(
        FolderRole.SENT,
        List.of(
            "sent",
            "sent items",
            "sent messages",
            "sent mail",
            "sent-mail",
            "gesendet",
            "gesendete elemente",
            "gesendete objekte",
            "gesendete nachrichten",
            "envoyés",
            "éléments envoyés",
            "messages envoyés",
            "objets envoyés",
            "enviados",
            "elementos enviados",
            "mensajes enviados",
            "correo enviado",
            "posta inviata",
            "inviati",
            "inviata",
            "itens enviados",
            "mensagens enviadas",
            "verzonden",
            "verzonden items",
            "verzonden berichten",
            "wysłane",
            "elementy wysłane",
            "skickat",
            "skickade",
            "sendte",
            "sendt",
            "lähetetyt",
            "odeslané",
            "odoslané",
            "elküldött",
            "trimise",
            "gönderilmiş öğeler",
            "отправленные",
            "надіслані",
            "送信済み",
            "送信済みアイテム",
            "已发送",
            "已发送邮件",
            "寄件備份",
            "보낸편지함"));
    NAMES.put(
        FolderRole.DRAFTS,
        List.of(
            "drafts",
            "draft",
            "entwürfe",
            "brouillons",
            "borradores",
            "bozze",
            "rascunhos",
            "concepten",
            "wersje robocze",
            "szkice",
            "utkast",
            "kladder",
            "luonnokset",
            "koncepty",
            "rozepsané",
            "piszkozatok",
            "ciorne",
            "taslaklar",
            "черновики",
            "чернетки",
            "下書き",
            "草稿",
            "草稿箱",
            "임시보관함"));
    NAMES.put(
        FolderRole.TRASH,
        List.of(
            "trash",
            "deleted items",
            "deleted messages",
            "deleted",
            "bin",
            "wastebasket",
            "papierkorb",
            "gelöschte elemente",
            "gelöschte objekte",
            "corbeille",
            "éléments supprimés",
            "messages supprimés",
            "papelera",
            "elementos eliminados",
            "cestino",
            "posta eliminata",
            "lixo",
            "lixeira",
            "itens excluídos",
            "prullenbak",
            "verwijderde items",
            "kosz",
            "elementy usunięte",
            "papperskorgen",
            "papirkurv",
            "slettet post",
            "roskakori",
            "koš",
            "kôš",
            "lomtár",
            "törölt elemek",
            "çöp kutusu",
            "корзина",
            "удаленные",
            "удалённые",
            "кошик",
            "ごみ箱",
            "削除済みアイテム",
            "已删除邮件",
            "已删除",
            "垃圾桶",
            "휴지통"));
    NAMES.put(
        FolderRole.JUNK,
        List.of(
            "junk",
            "spam",
            "junk e-mail",
            "junk email",
            "junk mail",
            "bulk mail",
            "bulk",
            "spamverdacht",
            "unerwünscht",
            "werbung",
            "indésirables",
            "courrier indésirable",
            "pourriel",
            "correo no deseado",
            "correo basura",
            "posta indesiderata",
            "lixo eletrônico",
            "lixo eletrónico",
            "ongewenste e-mail",
            "wiadomości-śmieci",
            "skräppost",
            "uønsket e-post",
            "roskaposti",
            "nevyžádaná pošta",
            "levélszemét",
            "спам",
            "нежелательная почта",
            "迷惑メール",
            "垃圾邮件",
            "垃圾郵件",
            "스팸편지함"));
    NAMES.put(
        FolderRole.ARCHIVE,
        List.of(
            "archive",
            "archives",
            "archiv",
            "archivo",
            "archivio",
            "arquivo",
            "archief",
            "archiwum",
            "arkiv",
            "arkisto",
            "архив",
            "архів",
            "アーカイブ",
            "归档",
            "存档",
            "보관함"));
  }

  private RoleNames() {}

  /** The roles of folders; each is given to one folder at most. */
  public static Map<FolderPath, FolderRole> assign(List<Listed> folders) {
    Map<FolderPath, FolderRole> told = new LinkedHashMap<>();
    for (Listed folder : folders) {
      told(folder)
          .filter(role -> !told.containsValue(role))
          .ifPresent(role -> told.put(folder.path(), role));
    }
    return told.isEmpty() ? guess(folders) : told;
  }

  private static Optional<FolderRole> told(Listed folder) {
    return folder.attributes().stream()
        .sorted()
        .filter(ATTRIBUTES::containsKey)
        .findFirst()
        .map(ATTRIBUTES::get);
  }

  private static Map<FolderPath, FolderRole> guess(List<Listed> folders) {
    Map<String, FolderPath> byName = new HashMap<>();
    // Those on top go before those below the inbox.
    folders.stream()
        .map(Listed::path)
        .filter(path -> path.segments().size() == 2 && isBelowInbox(path))
        .forEach(path -> byName.put(name(path), path));
    folders.stream()
        .map(Listed::path)
        .filter(path -> path.segments().size() == 1)
        .forEach(path -> byName.put(name(path), path));
    Map<FolderPath, FolderRole> guessed = new LinkedHashMap<>();
    NAMES.forEach(
        (role, names) ->
            names.stream()
                .filter(byName::containsKey)
                .findFirst()
                .ifPresent(name -> guessed.put(byName.get(name), role)));
    return guessed;
  }

  private static boolean isBelowInbox(FolderPath path) {
    return path.isWithin(FolderPath.INBOX);
  }

  private static String name(FolderPath path) {
    return path.name().toLowerCase(Locale.ROOT);
  }
}

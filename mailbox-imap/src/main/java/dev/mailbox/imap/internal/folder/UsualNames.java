// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.folder;

import dev.mailbox.FolderRole;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What mail programs and servers call their folders, in many languages, the more usual ones first.
 * Names that mean different things to different programs are left out, and accents count: a folder
 * that is wrongly taken for trash or junk would not be synchronized.
 */
final class UsualNames {
  private static final String SENT =
      """
      Sent, Sent Items, Sent Messages, Sent Mail, Sent Emails, SentItems, SentMail
      Gesendet, Gesendete Elemente, Gesendete Objekte, Gesendete Nachrichten, Gesendete E-Mails
      Envoyés, Éléments envoyés, Messages envoyés, Courrier envoyé, Objets envoyés, Envoyé
      Enviados, Elementos enviados, Mensajes enviados, Correo enviado, Enviado
      Posta inviata, Inviati, Inviata, Elementi inviati, Messaggi inviati
      Itens enviados, Mensagens enviadas, Enviadas, Enviada, E-mails enviados, Correio enviado
      Verzonden, Verzonden items, Verzonden berichten, Verzonden e-mail, Verzonden objecten
      Wysłane, Elementy wysłane, Wiadomości wysłane, Poczta wysłana
      Отправленные, Отправленные письма, Отправленные сообщения, Надіслані, Відправлені
      送信済み, 送信済みアイテム, 送信済みメール, 送信済みトレイ, 送信済メール
      已发送, 已发送邮件, 已发送的邮件, 已发邮件, 寄件備份, 寄件备份, 已傳送, 已寄出郵件
      보낸 편지함, 보낸편지함, 보낸 메일함, 보낸메일함
      Skickat, Skickade, Skickade objekt, Skickade meddelanden
      Sendt, Sendt post, Sendte elementer, Sendte, Lähetetyt, Lähetetyt viestit
      Odeslané, Odeslaná pošta, Odeslaná, Odoslané, Odoslaná pošta, Elküldött, Elküldött elemek
      Gönderilmiş, Gönderilmiş Öğeler, Gönderilenler, Gönderilmiş Postalar
      Trimise, Elemente trimise, Mesaje trimise, Απεσταλμένα, Poslano, Изпратени
      """;
  private static final String DRAFTS =
      """
      Drafts, Draft, Draft Messages
      Entwürfe, Entwurf, Brouillons, Brouillon, Borradores, Borrador, Bozze, Bozza
      Rascunhos, Rascunho, Concepten, Kladder, Kladd, Utkast, Luonnokset
      Wersje robocze, Kopie robocze, Robocze, Szkice, Черновики, Чернетки, Чернови
      下書き, 下書, 草稿, 草稿箱, 草稿夹, 草稿匣, 임시 보관함, 임시보관함
      Koncepty, Rozepsané, Rozpracované, Piszkozatok, Taslaklar, Ciorne, Schițe, Πρόχειρα, Skice
      """;
  private static final String TRASH =
      """
      Trash, Deleted Items, Deleted Messages, Deleted, Bin, DeletedItems, Trash Can, Trash Bin
      Papierkorb, Gelöschte Elemente, Gelöschte Objekte, Gelöschte Nachrichten, Gelöscht
      Corbeille, Éléments supprimés, Messages supprimés, Supprimés
      Papelera, Elementos eliminados, Mensajes eliminados, Eliminados, Papelera de reciclaje
      Cestino, Posta eliminata, Elementi eliminati, Messaggi eliminati, Eliminati
      Lixeira, Lixo, Itens excluídos, Itens eliminados, Mensagens excluídas, Excluídos
      Prullenbak, Prullenmand, Verwijderde items, Verwijderde berichten, Verwijderd
      Kosz, Elementy usunięte, Usunięte, Корзина, Удаленные, Удалённые
      Удалённые письма, Кошик, Видалені
      ゴミ箱, ごみ箱, 削除済みアイテム, 削除済み, 已删除, 已删除邮件, 已删除的邮件, 废纸篓, 废件箱
      垃圾桶, 刪除的郵件, 已刪除, 已刪除的郵件, 휴지통, 지운 편지함, 지운편지함
      Papperskorgen, Papperskorg, Borttaget, Borttagna objekt, Papirkurv, Papirkurven
      Slettet post, Slettede elementer, Slettet, Slettede, Roskakori, Poistetut
      Koš, Odstraněná pošta, Odstraněné, Odstránené, Lomtár, Törölt elemek, Törölt
      Çöp Kutusu, Silinmiş Öğeler, Silinmiş, Silinenler
      Coș de gunoi, Elemente șterse, Κάδος απορριμμάτων, Διαγραμμένα, Smeće, Кошче, Изтрити
      """;
  private static final String JUNK =
      """
      Junk, Spam, Junk E-mail, Junk Email, Junk Mail, Bulk Mail, Bulk, Spambox, Spam Mail
      Spamverdacht, Unerwünscht, Unerwünschte Werbung, Junk-E-Mail-Ordner, Spam-Verdacht
      Indésirables, Courrier indésirable, Courriers indésirables, Pourriel, Pourriels
      Correo no deseado, Correo basura, No deseado, No deseados
      Posta indesiderata, Indesiderata, Lixo eletrônico, Lixo eletrónico, Lixo electrónico
      Ongewenste e-mail, Ongewenste post, Ongewenste reclame, Ongewenst
      Wiadomości-śmieci, Niechciane, Niechciana poczta, Спам, Нежелательная почта, Небажана пошта
      迷惑メール, 迷惑メールフォルダ, 垃圾邮件, 垃圾郵件, 스팸, 스팸 메일함, 스팸메일함, 정크 메일
      Skräppost, Uønsket post, Uønsket e-mail, Uønsket e-post, Søppelpost, Roskaposti
      Nevyžádaná pošta, Nevyžiadaná pošta, Levélszemét, Önemsiz, Önemsiz E-posta, İstenmeyen
      Mesaje nedorite, E-mail nedorit, Ανεπιθύμητα, Ανεπιθύμητη αλληλογραφία, Neželjena pošta
      """;
  private static final String ARCHIVE =
      """
      Archive, Archives, Archived, Archiv, Archivo, Archivados, Archivio, Archiviati
      Arquivo, Arquivo morto, Arquivados, Archief, Gearchiveerd, Archiwum, Архив, Архів
      アーカイブ, 存档, 归档, 封存, 보관함, 아카이브, Arkiv, Arkisto, Archív, Archívum
      Arşiv, Arhivă, Arhiva, Αρχειοθήκη, Αρχείο
      """;

  private static final Pattern GAPS = Pattern.compile("[\\s\\p{Pd}_]+");
  private static final Map<FolderRole, String> LISTS =
      Map.of(
          FolderRole.SENT, SENT,
          FolderRole.DRAFTS, DRAFTS,
          FolderRole.TRASH, TRASH,
          FolderRole.JUNK, JUNK,
          FolderRole.ARCHIVE, ARCHIVE);
  private static final Map<String, Usual> BY_NAME = new HashMap<>();

  static {
    for (FolderRole role : LISTS.keySet()) {
      List<String> names = of(role);
      for (int rank = 0; rank < names.size(); rank++) {
        BY_NAME.put(fold(names.get(rank)), new Usual(role, rank));
      }
    }
  }

  /**
   * A usual name.
   *
   * @param role what folders of that name are for
   * @param rank how many are more usual for that
   */
  record Usual(FolderRole role, int rank) {}

  private UsualNames() {}

  /** The names that folders of a role have. */
  static List<String> of(FolderRole role) {
    return Pattern.compile("[,\n]\\s*")
        .splitAsStream(LISTS.getOrDefault(role, "").strip())
        .toList();
  }

  /** What a folder of that name is for; case, hyphens and underscores do not count. */
  static Optional<Usual> find(String name) {
    return Optional.ofNullable(BY_NAME.get(fold(name)));
  }

  /** What is left of a name when it is compared. */
  static String fold(String name) {
    String plain = Normalizer.normalize(name, Normalizer.Form.NFKC);
    return GAPS.matcher(plain).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
  }
}

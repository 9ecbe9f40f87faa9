// SPDX-License-Identifier: Apache-2.0
/**
 * Protocol scripts: what IMAP and POP3 servers are to answer, in text files beside these classes.
 * Each script has a user or a folder of its own, and is one test on each server.
 *
 * <p>The start of a file:
 *
 * <pre>
 * # A title with the sections of the RFCs; later lines with # are comments
 * requires: IDLE LITERAL+|LITERAL-    skipped where one is not offered, before or after the login
 * except: dovecot why it is not       skipped on that server
 * box: 3 messages                     plain mails m1 to m3 in the folder, or else:
 * mail m1 (\Seen) "date"              a mail in the folder, in POP3 the maildrop, at the start
 * | Subject: its lines
 * text t1                             only a text
 * | its lines
 * </pre>
 *
 * <p>Connections are capital letters. One that is new has logged in.
 *
 * <pre>
 * A&gt; SELECT $box          a command; IMAP ones get a tag, {@code $tag}
 * A&lt; * 3 EXISTS           a line that must come, once; a line with a tag, or +, is the last
 * A&lt;? * 1 RECENT          may come
 * A&lt;! * ? EXPUNGE         must not come
 * A&lt; ...                  others may come; else only what is for people, CAPABILITY and RECENT
 * A&lt; expunged 2,4         the messages that went, by their numbers before the first of them did
 * A&lt; OK [UIDNEXT $next]   under the tag of the command; text for people is not compared
 * A&gt;&gt; x1 NOOP\r\nx2 NOOP  sent as it is
 * A&lt; x1,x2 OK             ends in any order
 * A&lt; closed               the server hangs up
 * A: connect              also login, select, tls, deflate, drop
 * check $next &gt; 3         also = != &lt; &lt;= &gt;=
 * let n = $next + 1
 * deliver t1              mail that comes in past the protocol
 * quota 2048              bytes
 * &#64;dovecot A&lt; NO         a line for one server only, &#64;!dovecot,cyrus for all but these
 * </pre>
 *
 * <p>Untagged lines may come in any order, as may flags, items of FETCH and STATUS, and what SEARCH
 * finds. A word stands for an atom in any case or a string of that content, a quoted string for a
 * string; {@code ?}, {@code ?number}, {@code ?string} and {@code ?list} for any such part, {@code
 * ?more} for any further ones, {@code a|b} for one of these. A name with a dollar is bound by what
 * comes first, and then has to be the same. {@code $$} is a dollar, <code>${box}x</code> a name
 * with text behind it, {@code $m1.size} the bytes of a text.
 *
 * <p><code>{m1}</code> is a literal with a text, <code>{m1+}</code> one that does not wait, <code>
 * {m1:header}</code>, <code>{m1:text}</code> and <code>{m1&lt;0.10&gt;}</code> parts of it, and
 * <code>{"a\0b"}</code> one with that content. Calls compute what logs in: {@code $plain(user,
 * password)}, {@code $cram(user, password)}, {@code $scramFirst(user)}, {@code
 * $scramFinal(password)}, {@code $scramServer()}, {@code $apop(password)}, {@code $base64(text)}.
 *
 * <p>In POP3 what follows +OK up to a line with a dot is compared line by line.
 */
@NullMarked
package dev.mailbox.testkit.protocol;

import org.jspecify.annotations.NullMarked;

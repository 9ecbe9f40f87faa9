# SPDX-License-Identifier: Apache-2.0
"""What Python's imaplib sees of a server, from the login to the logout.

Takes one argument, a JSON object: port, tlsPort, ca (a PEM file), needsTls (whether nobody is let in
before), user, password, token (for who is not let in by a password; else empty), inbox (the name that
LIST shows), prefix (with what names of new folders begin), delimiter, and mails (in base64, as
they lie in the inbox). Ends with an exception at the first thing that is not as it should be.
"""

import base64
import datetime
import imaplib
import json
import re
import ssl
import sys
import time

WANTED = json.loads(sys.argv[1])
MAILS = [base64.b64decode(mail) for mail in WANTED["mails"]]
ADDED = b"Subject: added\r\nFrom: c@example.org\r\n\r\nby APPEND\r\n"
ARRIVED = datetime.datetime(2020, 2, 3, 4, 5, 6, tzinfo=datetime.timezone.utc)


def equal(actual, expected):
    assert actual == expected, "%r is not %r" % (actual, expected)


def ok(reply):
    """The data of a reply that says OK."""
    equal(reply[0], "OK")
    return reply[1]


def refused(call, *arguments):
    try:
        status = call(*arguments)[0]
    except imaplib.IMAP4.error:
        return
    equal(status, "NO")


def trust():
    context = ssl.create_default_context(cafile=WANTED["ca"])
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    return context


def connect_tls():
    return imaplib.IMAP4_SSL("localhost", WANTED["tlsPort"], ssl_context=trust())


def connect_clear():
    return imaplib.IMAP4("localhost", WANTED["port"])


def connect():
    return connect_tls() if WANTED["needsTls"] else connect_clear()


def log_in(server):
    equal(server.state, "NONAUTH")
    if WANTED["token"]:
        refused(server.login, WANTED["user"], WANTED["password"])
        bearer = "user=%s\1auth=Bearer %s\1\1" % (WANTED["user"], WANTED["token"])
        ok(server.authenticate("XOAUTH2", lambda challenge: bearer.encode()))
    else:
        ok(server.login(WANTED["user"], WANTED["password"]))
    equal(server.state, "AUTH")
    server.capabilities = tuple(ok(server.capability())[-1].decode().upper().split())


def log_out(server):
    equal(server.logout()[0], "BYE")


def ways_in():
    server = connect()
    refused(server.login, WANTED["user"], "wrong")
    log_in(server)
    log_out(server)
    server = connect_tls()
    log_in(server)
    log_out(server)
    server = connect_clear()
    assert "STARTTLS" in server.capabilities
    if WANTED["needsTls"]:
        assert "LOGINDISABLED" in server.capabilities
        refused(server.login, WANTED["user"], WANTED["password"])
    ok(server.starttls(trust()))
    assert "STARTTLS" not in server.capabilities
    log_in(server)
    log_out(server)
    offered = connect()
    mechanisms = [c[5:] for c in offered.capabilities if c.startswith("AUTH=")]
    log_out(offered)
    for mechanism in mechanisms:
        authenticate(mechanism)


def authenticate(mechanism):
    plain = "\0%s\0%s" % (WANTED["user"], WANTED["password"])
    answers = iter([WANTED["user"].encode(), WANTED["password"].encode()])
    server = connect()
    if mechanism == "PLAIN" and WANTED["token"]:
        refused(server.authenticate, "PLAIN", lambda challenge: plain.encode())
        log_in(server)
    elif mechanism == "PLAIN":
        ok(server.authenticate("PLAIN", lambda challenge: plain.encode()))
    elif mechanism == "LOGIN":
        ok(server.authenticate("LOGIN", lambda challenge: next(answers)))
    elif mechanism == "CRAM-MD5":
        ok(server.login_cram_md5(WANTED["user"], WANTED["password"]))
    else:
        log_in(server)
    equal(server.state, "AUTH")
    log_out(server)


def listed(server):
    names = []
    for line in ok(server.list()):
        match = re.fullmatch(rb'\(([^()]*)\) "(.)" "((?:[^"\\]|\\.)*)"', line)
        assert match, line
        equal(match.group(2).decode(), WANTED["delimiter"])
        names.append(match.group(3).decode())
    return names


def literal(reply):
    """The one literal in the reply to a FETCH."""
    parts = [part for part in ok(reply) if isinstance(part, tuple)]
    equal(len(parts), 1)
    announced = int(re.search(rb"\{([0-9]+)\}$", parts[0][0]).group(1))
    equal(announced, len(parts[0][1]))
    return parts[0][1]


def flags(server, number):
    line = ok(server.fetch(number, "(FLAGS)"))[-1]
    return sorted(f.decode() for f in imaplib.ParseFlags(line) if f != rb"\Recent")


def read(server):
    equal(ok(server.select("INBOX", readonly=True)), [str(len(MAILS)).encode()])
    assert server.is_readonly
    for number, mail in enumerate(MAILS, 1):
        equal(literal(server.fetch(str(number), "(BODY.PEEK[])")), mail)
        head = mail.index(b"\r\n\r\n") + 4
        equal(literal(server.fetch(str(number), "(RFC822.HEADER)")), mail[:head])
        equal(literal(server.fetch(str(number), "(BODY.PEEK[TEXT])")), mail[head:])
        equal(literal(server.fetch(str(number), "(BODY.PEEK[]<5.10>)")), mail[5:15])
    equal(flags(server, "1"), [])
    date = ok(server.fetch("1", "(INTERNALDATE)"))[0]
    assert imaplib.Internaldate2tuple(date), date
    structure = ok(server.fetch("1", "(BODYSTRUCTURE)"))[0]
    assert b'("text" "plain" ' in structure.lower(), structure
    refused(server.fetch, "99", "(FLAGS)")
    ok(server.close())


def search(server):
    ok(server.select("INBOX"))
    assert not server.is_readonly
    everything = b" ".join(str(n).encode() for n in range(1, len(MAILS) + 1))
    equal(ok(server.search(None, "ALL")), [everything])
    equal(ok(server.search(None, "SUBJECT", '"second"')), [b"2"])
    equal(ok(server.search(None, "BODY", '"nowhere to be found"')), [b""])
    equal(ok(server.uid("SEARCH", "UNSEEN", "NOT", "SUBJECT", "second")), [b"1"])
    server.literal = "Grüße".encode()
    equal(ok(server.search("UTF-8", "SUBJECT")), [b"1"])
    if "SORT" in server.capabilities:
        equal(ok(server.sort("(REVERSE SUBJECT)", "UTF-8", "ALL")), [b"2 1"])
    if "THREAD=REFERENCES" in server.capabilities:
        equal(ok(server.thread("REFERENCES", "UTF-8", "ALL")), [b"(1)(2)"])


def change(server):
    ok(server.store("1", "+FLAGS", r"(\Flagged \Seen)"))
    equal(flags(server, "1"), [r"\Flagged", r"\Seen"])
    ok(server.store("1", "-FLAGS.SILENT", r"(\Flagged)"))
    equal(flags(server, "1"), [r"\Seen"])
    equal(ok(server.search(None, "SEEN")), [b"1"])
    ok(server.append("INBOX", r"(\Draft)", ARRIVED, ADDED))
    number = str(len(MAILS) + 1)
    ok(server.noop())
    equal(server.response("EXISTS")[1][-1], number.encode())
    equal(literal(server.fetch(number, "(RFC822)")), ADDED)
    equal(flags(server, number), [r"\Draft", r"\Seen"])
    date = ok(server.fetch(number, "(INTERNALDATE)"))[0]
    equal(time.mktime(imaplib.Internaldate2tuple(date)), ARRIVED.timestamp())


def folders(server):
    one = WANTED["prefix"] + "tour"
    two = WANTED["prefix"] + "tour and more"
    before = listed(server)
    assert WANTED["inbox"] in before, before
    refused(server.copy, "1", one)
    ok(server.create(one))
    refused(server.create, one)
    equal(sorted(listed(server)), sorted(before + [one]))
    ok(server.subscribe(one))
    assert any(line.endswith(b'"%s"' % one.encode()) for line in ok(server.lsub()))
    ok(server.copy("1:2", one))
    status = ok(server.status(one, "(MESSAGES UNSEEN)"))[0]
    assert re.fullmatch(rb'"%s" \(MESSAGES 2 UNSEEN 1\)' % re.escape(one.encode()), status), status
    ok(server.unsubscribe(one))
    ok(server.rename(one, '"%s"' % two))
    equal(sorted(listed(server)), sorted(before + [two]))
    equal(ok(server.select('"%s"' % two)), [b"2"])
    equal(literal(server.fetch("2", "(BODY.PEEK[])")), MAILS[1])
    ok(server.store("1", "+FLAGS", r"(\Deleted)"))
    ok(server.close())
    equal(ok(server.select('"%s"' % two)), [b"1"])
    if "UNSELECT" in server.capabilities:
        ok(server.unselect())
    else:
        ok(server.close())
    ok(server.delete('"%s"' % two))
    equal(sorted(listed(server)), sorted(before))


def expunge(server):
    number = str(len(MAILS) + 1)
    ok(server.select("INBOX"))
    ok(server.store("1," + number, "+FLAGS", r"(\Deleted)"))
    equal(ok(server.expunge()), [b"1", str(len(MAILS)).encode()])
    equal(ok(server.search(None, "ALL")), [b" ".join(b"%d" % n for n in range(1, len(MAILS)))])


def main():
    ways_in()
    server = connect()
    log_in(server)
    ok(server.capability())
    if "NAMESPACE" in server.capabilities:
        assert WANTED["prefix"].encode() in ok(server.namespace())[0]
    read(server)
    search(server)
    change(server)
    folders(server)
    expunge(server)
    log_out(server)
    print("IMAP tour complete")


main()

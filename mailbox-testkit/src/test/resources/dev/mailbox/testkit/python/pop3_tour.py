# SPDX-License-Identifier: Apache-2.0
"""What Python's poplib sees of a server, from the login to QUIT.

Takes one argument, a JSON object: port, tlsPort, ca (a PEM file), needsTls (whether nobody is let in
before), user, password, token (for who is not let in by a password; else empty), mails (in base64, as
they lie in the maildrop), uidls (none where there is no UIDL), top, capa and apop (whether there
are such commands). Ends with an exception at the first thing that is not as it should be; in the end
the last mail is deleted.
"""

import base64
import json
import poplib
import ssl
import sys

WANTED = json.loads(sys.argv[1])
MAILS = [base64.b64decode(mail) for mail in WANTED["mails"]]


def equal(actual, expected):
    assert actual == expected, "%r is not %r" % (actual, expected)


def ok(line):
    assert line.startswith(b"+OK"), line


def refused(call, *arguments):
    try:
        reply = call(*arguments)
    except poplib.error_proto:
        return
    raise AssertionError("not refused: %r" % (reply,))


def trust():
    context = ssl.create_default_context(cafile=WANTED["ca"])
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    return context


def connect_tls():
    return poplib.POP3_SSL("localhost", WANTED["tlsPort"], context=trust())


def connect_clear():
    return poplib.POP3("localhost", WANTED["port"])


def connect():
    server = connect_tls() if WANTED["needsTls"] else connect_clear()
    ok(server.getwelcome())
    return server


def log_in(server):
    if WANTED["token"]:
        bearer = "user=%s\1auth=Bearer %s\1\1" % (WANTED["user"], WANTED["token"])
        equal(server._shortcmd("AUTH XOAUTH2").rstrip(), b"+")
        ok(server._shortcmd(base64.b64encode(bearer.encode()).decode()))
    else:
        ok(server.user(WANTED["user"]))
        ok(server.pass_(WANTED["password"]))
    equal(server.stat()[0], len(MAILS))


def ways_in():
    server = connect()
    ok(server.user(WANTED["user"]))
    refused(server.pass_, "wrong")
    log_in(server)
    ok(server.quit())
    server = connect_tls()
    log_in(server)
    ok(server.quit())
    if WANTED["needsTls"]:
        refused(connect_clear().user, WANTED["user"])
    if WANTED["capa"]:
        server = connect_clear()
        offered = server.capa()
        assert "STLS" in offered, offered
        assert offered.get("SASL") != [], offered
        ok(server.stls(trust()))
        assert "STLS" not in server.capa()
        log_in(server)
        ok(server.quit())
    server = connect()
    if WANTED["apop"]:
        ok(server.apop(WANTED["user"], WANTED["password"]))
        equal(server.stat()[0], len(MAILS))
    else:
        refused(server.apop, WANTED["user"], WANTED["password"])
    ok(server.quit())


def sizes(server):
    _, lines, _ = server.list()
    return [tuple(map(int, line.split())) for line in lines]


def capabilities(server):
    if not WANTED["capa"]:
        refused(server.capa)
        return
    offered = server.capa()
    equal("UIDL" in offered, bool(WANTED["uidls"]))
    equal("TOP" in offered, WANTED["top"])


def read(server):
    listed = [(n, len(mail)) for n, mail in enumerate(MAILS, 1)]
    equal(server.stat(), (len(MAILS), sum(len(mail) for mail in MAILS)))
    equal(sizes(server), listed)
    ok(server.list(1))
    equal(server.list(2).split()[1:3], [b"2", str(len(MAILS[1])).encode()])
    for number, mail in enumerate(MAILS, 1):
        _, lines, octets = server.retr(number)
        equal(b"".join(line + b"\r\n" for line in lines), mail)
        assert octets >= len(mail)
    refused(server.retr, len(MAILS) + 1)


def uidl(server):
    if not WANTED["uidls"]:
        refused(server.uidl)
        return
    pairs = [line.decode().split() for line in server.uidl()[1]]
    equal(pairs, [[str(n), name] for n, name in enumerate(WANTED["uidls"], 1)])
    equal(server.uidl(2).decode().split()[1:3], ["2", WANTED["uidls"][1]])


def top(server):
    if not WANTED["top"]:
        refused(server.top, 1, 0)
        return
    head, body = MAILS[0].split(b"\r\n\r\n", 1)
    equal(b"\r\n".join(server.top(1, 0)[1]), head + b"\r\n")
    equal(b"\r\n".join(server.top(1, 1)[1]), head + b"\r\n\r\n" + body.split(b"\r\n")[0])


def delete(server):
    ok(server.dele(1))
    refused(server.dele, 1)
    refused(server.retr, 1)
    equal(server.stat()[0], len(MAILS) - 1)
    equal([number for number, _ in sizes(server)], list(range(2, len(MAILS) + 1)))
    ok(server.rset())
    equal(server.stat()[0], len(MAILS))
    ok(server.noop())
    ok(server.dele(len(MAILS)))
    ok(server.quit())
    MAILS.pop()
    server = connect()
    log_in(server)
    ok(server.quit())


def main():
    ways_in()
    server = connect()
    log_in(server)
    capabilities(server)
    read(server)
    uidl(server)
    top(server)
    delete(server)
    print("POP3 tour complete")


main()

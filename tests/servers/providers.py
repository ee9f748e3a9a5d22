"""How providers behave on IMAP, each as a `Manners` for the proxy before a real server."""

import re
from itertools import cycle

from tests.servers.proxy import Manners, Talk
from tests.servers.streams import uids_of

_KNOWN = {
    b"CAPABILITY",
    b"LOGIN",
    b"ID",
    b"LIST",
    b"SELECT",
    b"EXAMINE",
    b"FETCH",
    b"UID",
    b"NOOP",
    b"LOGOUT",
    b"AUTHENTICATE",
}


def _verb(rest: bytes) -> bytes:
    return rest.split(maxsplit=1)[0].upper() if rest.split() else b""


def _without(*words: bytes) -> re.Pattern[bytes]:
    return re.compile(rb" (" + b"|".join(map(re.escape, words)) + rb")(?=[ \]\r])", re.IGNORECASE)


_MODEST = _without(
    b"IDLE", b"MOVE", b"CONDSTORE", b"QRESYNC", b"ENABLE", b"SPECIAL-USE", b"ESEARCH", b"LITERAL+"
)


def _capabilities(line: bytes) -> bytes:
    return _MODEST.sub(b"", line) if b"CAPABILITY" in line else line


def _id_gate(talk: Talk, tag: bytes, rest: bytes) -> bytes | None:
    """No folder for a client that has not introduced itself on this connection, after LOGIN."""
    verbs = [_verb(said) for said in talk.said]
    if _verb(rest) in {b"SELECT", b"EXAMINE"}:
        login = verbs.index(b"LOGIN") if b"LOGIN" in verbs else len(verbs)
        if b"ID" not in verbs[login:]:
            return tag + b" NO SELECT Unsafe Login. Please contact kefu@188.com for help\r\n"
    if b" SEARCH " in rest.upper():
        return b"* SEARCH\r\n" + tag + b" OK SEARCH completed\r\n"
    return None


def _netease_line(_talk: Talk, line: bytes) -> bytes:
    if b"[UIDNEXT" in line:
        return b""
    return re.sub(rb"\[UIDVALIDITY \d+\]", b"[UIDVALIDITY 1]", _capabilities(line))


NETEASE = Manners(command=_id_gate, line=_netease_line)


def _qq_command(talk: Talk, tag: bytes, rest: bytes) -> bytes | None:
    """SEARCH finds everything, descending sets are BAD, the unknown gets no tagged answer."""
    upper = rest.upper()
    sets = re.search(rb"FETCH ([\d:*,]+)", upper)
    numbers = [int(n) for n in re.findall(rb"\d+", sets[1])] if sets else []
    if numbers != sorted(numbers):
        return tag + b" BAD command parse error\r\n"
    if b"SEARCH" in upper:
        everything = b" ".join(b"%d" % n for n in range(1, 1000))
        return b"* SEARCH " + everything + b"\r\n" + tag + b" OK\r\n"
    if _verb(rest) not in _KNOWN:
        return b"* BAD command not support\r\n"
    return None


def _qq_line(_talk: Talk, line: bytes) -> bytes:
    return _capabilities(line)


QQ = Manners(command=_qq_command, line=_qq_line)


def cuts_once(after: int) -> Manners:
    """Ends the first connection within a literal; the next ones go through."""
    cut: list[Talk] = []

    def cutting(talk: Talk) -> int | None:
        if not cut:
            cut.append(talk)
            return after
        return None

    return Manners(command=_qq_command, line=_qq_line, cut=cutting)


def _aliyun_command(_talk: Talk, tag: bytes, rest: bytes) -> bytes | None:
    bad = re.search(rb"SEARCH.*(CHARSET|SUBJECT|OR )", rest.upper())
    return tag + b" BAD invalid command\r\n" if bad else None


ALIYUN = Manners(command=_aliyun_command, line=_qq_line)


def uidvalidity(text: bytes | None) -> Manners:
    """Winmail and others: no UIDNEXT, and this UIDVALIDITY; None for none at all."""

    def line(_talk: Talk, line: bytes) -> bytes:
        if b"[UIDNEXT" in line or (text is None and b"[UIDVALIDITY" in line):
            return b""
        return re.sub(rb"\[UIDVALIDITY \d+\]", b"[UIDVALIDITY %s]" % text, line) if text else line

    return Manners(line=line)


WINMAIL = uidvalidity(b"0")


def answers_fetch_with(line: bytes) -> Manners:
    """A server that has lost its mind: this is what it says to every FETCH of bodies."""

    def command(_talk: Talk, tag: bytes, rest: bytes) -> bytes | None:
        return line.replace(b"TAG", tag) if b"BODY.PEEK" in rest.upper() else None

    return Manners(command=command)


NO_ANSWERS = (
    b"* 1 FETCH (UID 1 BODY[]<0> {99999999999}\r\nx",  # a giant literal
    b"* 1 FETCH (UID 1 BODY[]<0> " + b"x" * 1_100_000,  # a line without an end
    b"* 1 FETCH (UID one RFC822.SIZE (\r\nTAG OK done\r\n",
    b"\xff\xfe\x00\r\nTAG OK done\r\n",
)
NONSENSE = b"* 3 FETCH (UID\r\n* 9 FETCH (UID 4000000000 FLAGS ())\r\n* EXISTS many\r\n"


def broken(uid: int) -> Manners:
    """Nonsense in every listing, and a message that is never handed out, each time otherwise."""
    answers = cycle(NO_ANSWERS)
    alone = re.compile(rb"FETCH %d .*BODY\.PEEK" % uid, re.IGNORECASE)

    def command(_talk: Talk, tag: bytes, rest: bytes) -> bytes | None:
        asked = uid in uids_of(rest) or alone.search(rest)
        return next(answers).replace(b"TAG", tag) if asked else None

    def line(_talk: Talk, line: bytes) -> bytes:
        return NONSENSE + line if b"* 1 FETCH (UID" in line and b"INTERNALDATE" in line else line

    return Manners(command=command, line=line)


def _bad_date(_talk: Talk, line: bytes) -> bytes:
    return re.sub(rb'INTERNALDATE "[^"]*"', b'INTERNALDATE "00-Xxx-0000"', line)


BAD_DATES = Manners(line=_bad_date)
EVERYBODY = {"netease": NETEASE, "qq": QQ, "aliyun": ALIYUN, "winmail": WINMAIL}

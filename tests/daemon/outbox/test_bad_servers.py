"""Servers that say what no real one would: each is given up, none is waited for for ever."""

import socket
from collections.abc import Callable
from dataclasses import replace

import pytest

from daemon.errors import Unavailable
from daemon.outbox import Barred
from tests.daemon.outbox.mails import a_reply, send
from tests.daemon.outbox.servers import PASSWORD, SENDER, scripted


def silence(connection: socket.socket) -> None:
    connection.recv(1)


def dripping(connection: socket.socket) -> None:
    """A greeting that never ends, a byte at a time: each read succeeds."""
    while True:
        connection.sendall(b"2")
        connection.settimeout(0.02)
        try:
            if not connection.recv(1):
                return
        except TimeoutError:
            continue


def endless(connection: socket.socket) -> None:
    while True:
        connection.sendall(b"220-welcome\r\n" * 100)


def saying(greeting: bytes) -> Callable[[socket.socket], None]:
    def talk(connection: socket.socket) -> None:
        connection.sendall(greeting)
        connection.recv(1000)

    return talk


@pytest.mark.parametrize(
    "talk",
    [
        silence,
        dripping,
        endless,
        saying(b"554 no service\r\n"),
        saying(b"421 too busy\r\n"),
        saying(b"\xff\xfe\x00 garbage\r\n"),
        saying(b"HTTP/1.1 400 Bad Request\r\n\r\n"),
        saying(b"x" * 10_000),
        saying(b""),
    ],
    ids=lambda talk: talk.__qualname__,
)
def test_a_server_that_is_none_is_given_up(talk: Callable[[socket.socket], None]) -> None:
    with scripted(talk) as server, pytest.raises(Unavailable):
        send(server, a_reply())


def stalling(connection: socket.socket) -> None:
    """Takes the whole mail and then says nothing."""
    connection.sendall(b"220 hello\r\n")
    stream = connection.makefile("rb")
    for line in stream:
        if line.startswith(b"DATA"):
            connection.sendall(b"354 go on\r\n")
        elif not line.startswith((b"Subject", b"text", b"\r\n", b".")):
            connection.sendall(b"250 fine\r\n")


def test_a_server_silent_after_data_is_given_up() -> None:
    with scripted(stalling) as server, pytest.raises(Unavailable):
        send(server, a_reply())


@pytest.mark.parametrize("offered", [b"PLAIN", b"LOGIN"])
def test_a_server_that_repeats_what_it_refuses_brings_no_password_into_the_log(
    offered: bytes,
) -> None:
    heard: list[bytes] = []

    def repeating(connection: socket.socket) -> None:
        connection.sendall(b"220 hello\r\n")
        for line in connection.makefile("rb"):
            if line.startswith(b"ehlo"):
                connection.sendall(b"250-hello\r\n250 AUTH " + offered + b"\r\n")
                continue
            word = line.split()[-1]
            asked = offered == b"LOGIN" and not heard
            heard.append(word)
            connection.sendall(b"334 UGFzc3dvcmQ6\r\n" if asked else b"535 not " + word + b"\r\n")

    with scripted(repeating) as server, pytest.raises(Barred) as fault:
        send(replace(server, username=SENDER, password=lambda: PASSWORD), a_reply())
    assert heard[-1].decode() not in str(fault.value)
    assert "***" in str(fault.value)

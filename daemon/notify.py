"""A word to the service manager: READY=1, RELOADING=1, STOPPING=1. Nothing without one."""

import os
import socket


def notify(state: str) -> None:
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    # "@" stands for the NUL byte of an abstract socket's name.
    target = "\0" + address[1:] if address.startswith("@") else address
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.connect(target)
        line.sendall(state.encode())

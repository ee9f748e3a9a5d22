from tests.servers.fixtures import dovecot, letterbox, new_letterbox

__all__ = ["dovecot", "letterbox", "new_letterbox"]

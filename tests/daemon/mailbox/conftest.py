from tests.servers.fixtures import cyrus, dovecot, letterbox, new_letterbox

__all__ = ["cyrus", "dovecot", "letterbox", "new_letterbox"]

from tests.servers.fixtures import dovecot, letterbox, new_letterbox, postbox

__all__ = ["dovecot", "letterbox", "new_letterbox", "postbox"]

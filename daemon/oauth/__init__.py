"""Sign-in by OAuth 2 in place of a password (RFC 6749), for servers that take no other.

A person signs in once, in a browser; the grant that comes of it is kept and renewed by itself.

    access = oauth.access(box.imap.password, box.imap.username)
    if access: token = access.token()
"""

from daemon.oauth.access import Access, access, ends, of, unsigned
from daemon.oauth.sasl import Exchange, mechanism

__all__ = ["Access", "Exchange", "access", "ends", "mechanism", "of", "unsigned"]

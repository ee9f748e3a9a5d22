from tests.servers.fixtures import vouched, vouching_dovecot

__all__ = ["vouched", "vouching_dovecot"]

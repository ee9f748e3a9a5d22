from tests.daemon.web.staff import clerk, furnished, office

__all__ = ["clerk", "furnished", "office"]

"""One file a page. Each has ROUTES, and is listed in `daemon.web.app`."""

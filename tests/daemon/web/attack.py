"""Every way into the pages, found by asking the application itself: later pages are in it too."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from httpx import Response
from starlette.convertors import IntegerConvertor
from starlette.routing import Route

from daemon.web.headers import ALWAYS
from tests.daemon.web.staff import NASTY, Staff

# what may be done by whoever is signed in, or before
EVERYBODY = {"/sign-in", "/sign-out"}
FIELDS = {"input", "textarea", "select", "button"}
FIRST = "1"  # number of a message, reply, file of 组织部
WORDS = {"act": "accept", "category": "战疫故事汇", "unit": "农学院党委"}
# stands in mail to 组织部 only
ONLY_THERE = ("蓬莱学院", "nasty@example.org", "田间地头")


@dataclass(frozen=True, slots=True)
class Way:
    """One method of one route, its path filled with what is there."""

    method: str
    path: str

    def go(self, browser: Staff, **form: str | list[str]) -> Response:
        if self.method == "GET":
            return browser.get(self.path)
        return browser.send(self.path, form)


def ways(browser: Staff, method: str) -> list[Way]:
    app: Any = browser.client.app
    routes = [route for route in app.routes if isinstance(route, Route)]
    found = [Way(method, _filled(r)) for r in routes if r.methods and method in r.methods]
    assert found, f"no route takes {method}"
    return found


def _filled(route: Route) -> str:
    path = route.path
    for name, convertor in route.param_convertors.items():
        value = FIRST if isinstance(convertor, IntegerConvertor) else WORDS.get(name, "x")
        path = path.replace(f"{{{name}:int}}", value).replace(f"{{{name}:path}}", value)
        path = path.replace(f"{{{name}}}", value)
    return path


@dataclass
class Figures:
    """What was tried. `pytest -s` shows it."""

    tried: Counter[str] = field(default_factory=Counter)

    def saw(self, what: str, answer: Response) -> Response:
        """Count it; whatever it was, the browser is told what not to do."""
        self.tried[what] += 1
        assert answer.status_code < 500, f"{answer.url}: a fault of ours"
        for name, value in ALWAYS.items():
            assert answer.headers.get(name) == value, f"{answer.url} lacks {name}"
        policy = answer.headers.get("content-security-policy", "")
        assert "default-src 'none'" in policy, f"{answer.url}: {policy!r}"
        assert "unsafe" not in policy
        assert answer.headers.get("cache-control"), answer.url
        return answer

    def __str__(self) -> str:
        lines = [f"{count:6} {what}" for what, count in sorted(self.tried.items())]
        return "\n".join(["", *lines, f"{sum(self.tried.values()):6} in all"])


@dataclass
class Asking:
    """A form of a page, or a search: where it goes and the names of its fields."""

    action: str
    method: str
    fields: set[str] = field(default_factory=set)


class Forms(HTMLParser):
    """The forms of a page."""

    def __init__(self, page: str, path: str) -> None:
        super().__init__()
        self.found: list[Asking] = []
        self._path = path
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            where = given.get("action") or self._path
            self.found.append(Asking(where, (given.get("method") or "get").lower()))
        elif tag in FIELDS and given.get("name") and self.found:
            self.found[-1].fields.add(str(given["name"]))


def forms(browser: Staff) -> Iterator[Asking]:
    """Every form of every page that this person may open, each once."""
    seen: set[tuple[str, str]] = set()
    for way in ways(browser, "GET"):
        answer = browser.get(way.path)
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        for asking in Forms(answer.text, way.path).found:
            if (asking.action, asking.method) not in seen:
                seen.add((asking.action, asking.method))
                yield asking


def runs(text: str) -> bool:
    """Whether what a stranger wrote has become part of the page's own code."""
    return NASTY in text or "<script>alert" in text or 'onerror="' in text

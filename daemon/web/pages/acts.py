"""The forms of the acts: what a person decides about a message or a place, sent from a page."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from daemon.acts import Acts, Correction, Done, Faults, Hand, Overtaken, Place, Refused
from daemon.ledger import Filter
from daemon.web import page
from daemon.web.asked import Asked
from daemon.web.deciding import address, notice_of
from daemon.web.desk import Desk, desk_of
from daemon.web.form import Form
from daemon.web.guard import require
from daemon.web.pages.files import LARGEST
from rules.calendar import due
from rules.notice import Category, Notice, Window
from rules.verdict import Phrase

WORDS_CHARS = 2_000
SHOWN = 50  # messages of one place

Doing = Callable[[Acts, int, Hand, Form], Done]


def _return(acts: Acts, message: int, hand: Hand, form: Form) -> Done:
    faults = Faults(
        chosen=tuple(int(n) for n in form.all("finding") if n.isdecimal() and len(n) < 5),
        words=form.text("words", WORDS_CHARS),
        code=form.text("code", 60),
        where=form.text("where", 300),
    )
    return acts.return_(message, hand, faults)


def _correct(acts: Acts, message: int, hand: Hand, form: Form) -> Done:
    category, _, window = form.text("slot", 300).partition("\n")
    right = Correction(
        unit=form.text("unit", 200), category=category, window=window, date=_day(form, "date")
    )
    return acts.correct(message, hand, right, reply=_ticked(form, "reply"))


def _alias(acts: Acts, message: int, hand: Hand, form: Form) -> Done:
    new = (form.text("unit", 200), form.text("alias", 100))
    return acts.alias(message, hand, new, reply=_ticked(form, "reply"))


def _ticked(form: Form, name: str) -> bool:
    return form.get(name) == "1"


ACTS: Mapping[str, Doing] = {
    "accept": lambda acts, message, hand, form: acts.accept(message, hand),
    "return": _return,
    "correct": _correct,
    "alias": _alias,
    "rejudge": lambda acts, message, hand, form: acts.rejudge(
        message, hand, reply=_ticked(form, "reply")
    ),
    "resend": lambda acts, message, hand, form: acts.resend(
        message, hand, revive=_ticked(form, "revive")
    ),
    "select": lambda acts, message, hand, form: acts.select(message, hand),
    "unselect": lambda acts, message, hand, form: acts.select(message, hand, on=False),
}


def on_message(request: Request) -> Response:
    desk, message = desk_of(request), request.path_params["message"]
    letter = desk.ledger.again.find(message) if message < LARGEST else None
    doing = ACTS.get(request.path_params["act"])
    if letter is None or doing is None:
        raise HTTPException(404)
    require(request, act=True, mailbox=letter.key.mailbox)
    here = f"/messages/{message}"
    try:
        done = doing(desk.acts, message, hand(request), request.state.form)
    except Refused as wrong:
        return refused(request, wrong, here)
    said = "acts.done." + request.path_params["act"] if done.act else "acts.unchanged"
    back = request.state.form.text("next", 600) or here
    return page.redirect(request, back, flash=told(request, said, done))


def show_place(request: Request) -> Response:
    """One cell of the matrix: its due time, what has come, and what can be decided about it."""
    desk = desk_of(request)
    asked = Asked(request, desk.zone)
    place = _asked(asked.text)
    notice, category, window = _known(desk, place)
    person = require(request, mailbox=category.mailbox)
    granted = desk.ledger.concessions.at(place)
    if granted is None:
        raise HTTPException(404)
    until = due(window, notice, granted.extended)
    return page.render(
        request,
        "place.html",
        place=place,
        notice=notice,
        standing=next((s for s in desk.ledger.status() if _is(s, place)), None),
        granted=granted,
        due=until,
        earliest=until.date().isoformat() if until else "",
        lines=desk.ledger.browse.page(_here(place, person.mailboxes), size=SHOWN),
        acts=desk.ledger.acts.at(place),
        seen=desk.ledger.acts.seen(place),
        may=person.acts_on(category.mailbox),
    )


def on_place(request: Request) -> Response:
    desk, form = desk_of(request), request.state.form
    place = _asked(lambda name: form.text(name, 300))
    notice, category, _ = _known(desk, place)
    require(request, act=True, mailbox=category.mailbox)
    act = request.path_params["act"]
    try:
        done = _decided(desk, place, hand(request), (act, notice, form))
    except Refused as wrong:
        return refused(request, wrong, address(place))
    return page.redirect(request, address(place), flash=told(request, f"acts.done.{act}", done))


def _decided(desk: Desk, place: Place, by: Hand, asked: tuple[str, Notice, Form]) -> Done:
    act, notice, form = asked
    if act == "waive":
        return desk.acts.waive(place, by)
    if act == "not-applicable":
        return desk.acts.not_applicable(place, by)
    if act != "extend":
        raise HTTPException(404)
    day = _day(form, "until")
    if day is None:
        raise Refused("请写明延到哪一天", "say until which day")
    # the day that is named is the last one
    until = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(notice.zone))
    return desk.acts.extend(place, by, until)


def hand(request: Request) -> Hand:
    """The person, with the reason, and what the page showed that the form was on."""
    form: Form = request.state.form
    why = form.text("why", WORDS_CHARS)
    return Hand(who=require(request, act=True).name, why=why, seen=form.number("seen") or 0)


def told(request: Request, key: str, done: Done) -> str:
    """What was done, and what the person should know besides."""
    notes = " ".join(spoken(request, note) for note in done.notes)
    return f"{page.say(request, key)} {notes}".strip()


def spoken(request: Request, words: Phrase) -> str:
    return words.zh if desk_of(request).language == "zh" else words.en


def refused(request: Request, wrong: Refused, back: str) -> Response:
    """Nothing was done. What the person wrote is shown, so that it is not lost."""
    form: Form = request.state.form
    return page.render(
        request,
        "act_refused.html",
        status=409,
        words=spoken(request, wrong.words),
        by=wrong.by if isinstance(wrong, Overtaken) else None,
        written=[form[name] for name in ("why", "words", "alias") if form.get(name)],
        back=page.local(back),
    )


def _day(form: Form, name: str) -> date | None:
    """None when the field is empty. Raises Refused for what is no day."""
    written = form.text(name, 40)
    try:
        found = date.fromisoformat(written) if written else None
    except ValueError as error:  # 2020-02-30, or what a script sends
        raise Refused("日期写得不对", "that is no date") from error
    if found is not None and not 1990 <= found.year < 2100:
        raise Refused("日期写得不对", "that is no date")
    return found


def _asked(text: Callable[[str], str]) -> Place:
    names = {name: text(name) for name in ("notice", "unit", "category", "window")}
    return Place(**names)


def _known(desk: Desk, place: Place) -> tuple[Notice, Category, Window | None]:
    """404 for what no notice asks for."""
    notice = notice_of(desk, place.notice)
    categories = notice.categories if notice else ()
    category = next((c for c in categories if c.name == place.category), None)
    if notice is None or category is None:
        raise HTTPException(404)
    window = next((w for w in category.windows if w.name == place.window), None)
    if window is None and place.window:
        raise HTTPException(404)
    return notice, category, window


def _is(standing: object, place: Place) -> bool:
    names = ("notice", "unit", "category", "window")
    return all(getattr(standing, name) == getattr(place, name) for name in names)


def _here(place: Place, mailboxes: frozenset[str] | None) -> Filter:
    return Filter(
        notice=place.notice,
        unit=place.unit,
        category=place.category,
        window=place.window,
        mailboxes=mailboxes,
    )


ROUTES = (
    Route("/messages/{message:int}/acts/{act}", on_message, methods=["POST"]),
    Route("/places", show_place),
    Route("/places/acts/{act}", on_place, methods=["POST"]),
)

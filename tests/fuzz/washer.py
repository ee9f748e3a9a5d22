"""The washer: any bytes are a header, and what comes out of it is clean."""

import unicodedata

from daemon.mime import clean, header, html, params, quoted, skeleton, words


def check(data: bytes) -> None:
    fields = header.fields(data)
    for _, value in skeleton.wash(fields):
        pure(value)
    skeleton.envelope(fields)
    for text in (words.decode(data), *params.read(data).parameters.values()):
        name = clean.file_name(text)
        pure(name)
        assert "/" not in name
        assert "\\" not in name
    page = html.read(data.decode("utf-8", "replace"))
    quoted.own(page.own)


def pure(text: str) -> None:
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} for c in text), text

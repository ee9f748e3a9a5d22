"""Files made to hurt: each ends in a word, within the memory of one worker."""

from pathlib import Path

import pytest

from daemon.inspection import Inspector
from tests.bench import inspection as bench
from tests.daemon.inspection.files import written

BOUND = 1 << 10  # MiB, of a worker

HOSTILE = (
    ("42.zip", bench.forty_two, "depth"),
    ("10000.zip", lambda: bench.zipped({f"{i}.txt": b"" for i in range(10_000)}), "entries"),
    ("50000.png", lambda: bench.png(50_000, 50_000), "limits"),
    ("65500.jpg", lambda: bench.jpeg(65_500, 65_500), "limits"),
    ("page.pdf", lambda: bench.pdf(256 << 20), ""),
    ("laughs.docx", lambda: bench.docx(bench.laughs()), "unopenable"),
    ("text.docx", lambda: bench.docx("<a>" + "字" * (42 << 20) + "</a>"), ""),
    ("deep.docx", lambda: bench.docx("<b>" * 200_000 + "</b>" * 200_000), ""),
)


@pytest.mark.parametrize(("name", "make", "word"), HOSTILE, ids=[name for name, _, _ in HOSTILE])
def test_a_hostile_file_is_answered_within_bounds(
    tmp_path: Path, name: str, make: bench.Maker, word: str
) -> None:
    put, into = tmp_path / "files", tmp_path / "into"
    put.mkdir()
    into.mkdir()
    file = written(put, name, make())
    with Inspector(workers=1) as inspector:
        cost = bench.measured(inspector, [file], into)
        again = inspector.inspect([file], into)
    facts = cost.found[0].attachment.facts
    assert word in {facts.bomb, facts.damaged, facts.unknown}
    assert cost.peak < BOUND
    assert [e.attachment.facts.format for e in again] == [facts.format]
    assert list(into.iterdir()) == []

"""Write the approved letters anew, to be read before they are committed."""

from tests.daemon.reply.cases import letters
from tests.daemon.reply.test_letters import WRITTEN

if __name__ == "__main__":
    WRITTEN.mkdir(exist_ok=True)
    for old in WRITTEN.iterdir():
        old.unlink()
    for name, letter in letters():
        (WRITTEN / f"{name}.txt").write_text(letter.text, encoding="utf-8")
        (WRITTEN / f"{name}.html").write_text(letter.html, encoding="utf-8")

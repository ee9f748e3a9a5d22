"""`baosong handover`: accepted material of one category, ready to pass on."""

from pathlib import Path

import click

from daemon.cli.options import NoInput, config_option, open_ledger
from daemon.config import Config, load
from rules import roster
from rules.notice import Category, Notice


@click.command("handover")
@click.argument("notice_id", metavar="NOTICE")
@click.argument("category_name", metavar="CATEGORY")
@config_option
@click.option(
    "--into",
    "target",
    type=click.Path(path_type=Path),
    required=True,
    help="A new folder, or FILE.zip.",
)
@click.option("--selected", is_flag=True, help="Only what staff have picked (遴选).")
def command(
    notice_id: str, category_name: str, config_path: Path, target: Path, selected: bool
) -> None:
    """Write the package of one category: files renamed by the notice's rule, a list of them as a
    workbook, their SHA-256 (sha256sum -c SHA256SUMS), and who is unfinished.

    NOTICE is the notice's id, CATEGORY any of its category's names. The same state of the ledger
    gives the same package, byte for byte.
    """
    from daemon.handover import Gathering, check, entries, into_folder, into_zip, stem
    from daemon.library import Library

    config = load(config_path)
    notice, category = _asked(config, notice_id, category_name)
    with open_ledger(config) as ledger:
        gather = Gathering(ledger=ledger, library=Library(config.state / "library"))
        contents = gather(notice, category, only_selected=selected)
        check(contents)
        parts = entries(contents, config.language)
        if target.suffix.lower() == ".zip":
            into_zip(parts, target, stem(category.name))
        else:
            into_folder(parts, target)
    click.echo(f"{target}: {len(contents.folders)} accepted, {len(contents.unfinished)} unfinished")


def _asked(config: Config, notice_id: str, category_name: str) -> tuple[Notice, Category]:
    notice = next((n for n in config.notices if n.id == notice_id), None)
    if notice is None:
        known = ", ".join(n.id for n in config.notices)
        raise NoInput(f"no notice {notice_id!r}; there are {known}")
    wanted = roster.key(category_name)
    for category in notice.categories:
        if wanted in {roster.key(name) for name in (category.name, *category.aliases)}:
            return notice, category
    known = ", ".join(c.name for c in notice.categories)
    raise NoInput(f"no category {category_name!r} in {notice.id}; there are {known}")

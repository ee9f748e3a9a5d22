"""What complies is accepted, however it is written, packed and sent."""

import io

from PIL import Image

from tests import material
from tests.contract.outside import Examiner, all_are
from tests.contract.ready import STORY, article, case, stock, story, story_files, wall
from tests.daemon.mime.tnefs import LONG_NAME, property_, winmail, wrapped
from tests.letters import Enclosure, Files, Style, forwarded, forwarded_whole, letter

STYLES: tuple[Style, ...] = ("utf-8", "gbk", "gb2312", "raw", "raw-utf8", "split")
EVERYTHING = dict(story_files())


def photo(mode: str, *, turned: bool = False, progressive: bool = False) -> bytes:
    """A JPEG that Pillow writes on its own."""
    picture = Image.effect_noise((900, 700), 60).convert(mode)
    exif = Image.Exif()
    if turned:
        exif[0x0112] = 6
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, progressive=progressive)
    return out.getvalue()


def test_every_way_of_writing_headers_and_file_names_is_read(examiner: Examiner) -> None:
    mails = {f"story_{s}": story(style=s) for s in STYLES}
    mails |= {f"wall_{s}": wall(style=s) for s in STYLES}
    seen = examiner.look(**mails)
    assert all_are("accepted", {name: s.verdict for name, s in seen.items()})
    assert {s.said["claim"]["unit"] for s in seen.values()} == {"农学院党委"}
    assert not any("subject-tolerated" in s.remarks for s in seen.values())


def test_every_category_has_a_submission_that_is_accepted(examiner: Examiner) -> None:
    mails = {
        "story": story(),
        "case": case(),
        "video": stock(("微党课.mp4", material.mp4(60))),
        "sound": stock(("录音.mp3", material.mp3())),
        "picture": stock(("现场.jpg", material.jpeg())),
        "text": stock(("素材.docx", article())),
        "scan": stock(("荣誉证书扫描件.pdf", material.scan_pdf())),
        "wall": wall(),
    }
    assert all_are("accepted", examiner.verdicts(**mails))


def test_what_programs_add_to_a_mail_is_held_against_nobody(examiner: Examiner) -> None:
    note = "张三 农学院".encode()
    mails = {
        "exchange": story(extra=[("ATT00001.bin", b"")]),
        "list": story(extra=[("ATT00001..txt", b"____\r\ndangwu mailing list\r\n")]),
        "nameless": story(extra=[("", b"")]),
        "signed": story(extra=[Enclosure("signature.txt", note, "text/plain", inline=True)]),
        "iphone": story(extra=[("IMG_1.AAE", b"<?xml version='1.0'?><plist/>")]),
        "nothing_else": story([("ATT00001.bin", b"")]),
        "named": story(extra=[("补充.docx", b"")]),
    }
    assert examiner.verdicts(**mails) == dict.fromkeys(mails, "accepted") | {
        "nothing_else": "returned: no-attachment",
        "named": "returned: file-empty",
    }


def test_jpegs_of_every_make_are_pictures(examiner: Examiner) -> None:
    mails = {
        "cmyk": story(story_files(first=("1.jpg", photo("CMYK")))),
        "grey": story(story_files(first=("1.jpeg", photo("L")))),
        "progressive": story(story_files(first=("1.JPG", photo("RGB", progressive=True)))),
        "turned": story(story_files(first=("IMG_1.JPG", photo("RGB", turned=True)))),
        "jfif": story(story_files(first=("1.jfif", photo("RGB")))),
        "trailing_bytes": story(story_files(first=("1.jpg", material.jpeg() + bytes(900)))),
    }
    assert all_are("accepted", examiner.verdicts(**mails))


def _inline(files: Files) -> list[Enclosure]:
    pairs = [f if isinstance(f, tuple) else (f.name, f.data) for f in files]
    return [Enclosure(n, d, inline=True, cid=f"c{i}") for i, (n, d) in enumerate(pairs)]


def test_files_are_found_wherever_the_mail_program_put_them(examiner: Examiner) -> None:
    tnef = winmail(
        *(
            wrapped(b"F", data, property_(LONG_NAME, 0x1F, (name + "\0").encode("utf-16-le")))
            for name, data in story_files()
        )
    )
    whole = story()
    mails = {
        "outlook_cid": letter(
            subject=STORY, text="", html="<p>x</p>", files=_inline(story_files())
        ),
        "winmail": letter(subject=STORY, files=[Enclosure("winmail.dat", tnef)]),
        "as_attachment": forwarded_whole(STORY, files=story_files()),
        "forwarded": forwarded(STORY, files=story_files()),
        "bare_newlines": whole.replace(b"\r\n", b"\n"),
        "no_last_boundary": whole[: whole.rstrip().rfind(b"--=_")],
    }
    assert all_are("accepted", examiner.verdicts(**mails))


def test_photographs_of_an_iphone_come_inline_and_count(examiner: Examiner) -> None:
    photos = [
        Enclosure("image0.jpeg", material.jpeg(seed=3), "image/jpeg", inline=True),
        Enclosure("image0.jpeg", material.jpeg(seed=4), "image/jpeg", inline=True),
    ]
    files: Files = [*story_files(first=None, second=None), *photos]
    assert examiner.verdicts(iphone=letter(subject=STORY, files=files)) == {"iphone": "accepted"}


def test_logos_signatures_and_cards_are_listed_and_not_judged(examiner: Examiner) -> None:
    beside = [
        Enclosure("logo.png", material.png(150, 50), "image/png", inline=True, cid="logo"),
        Enclosure("smime.p7s", b"0\x80" * 99, "application/pkcs7-signature"),
        Enclosure("a.ics", material.ics(), "text/calendar"),
        Enclosure("a.vcf", material.vcf(), "text/vcard"),
    ]
    html = '<p>请查收</p><img src="cid:logo">'
    mail = letter(subject=STORY, text="", html=html, files=[*story_files(), *beside])
    seen = examiner.look(mail=mail)["mail"]
    assert seen.verdict == "accepted"
    assert {seen.file(f.name)["role"] for f in beside} == {"ignored"}

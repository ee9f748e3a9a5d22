"""A summer of mail: what units really send, compliant and not. Everybody here is invented."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests import letters, material
from tests.letters import CHINA, ORGANISATION, PUBLICITY, Files, Style, letter

ADDRESSES = {"zuzhibu": ORGANISATION, "xuanchuanbu": PUBLICITY}
MONTH_DAY = "%m-%d %H:%M"


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One mail in a mailbox. `about` says why it is here."""

    mailbox: str
    received: datetime
    about: str
    raw: bytes


def submissions() -> Iterator[Sent]:
    """In order of arrival."""
    yield from sorted((*_firewall(), *_stories(), *_later(), *_not_material()), key=_arrival)


def _arrival(sent: Sent) -> datetime:
    return sent.received


@dataclass(frozen=True)
class _Mail:
    """Where and when (“07-10 09:30”, 2020) a mail arrives, and who writes it."""

    mailbox: str
    at: str
    who: str
    about: str

    @property
    def received(self) -> datetime:
        return datetime.strptime(f"2020-{self.at}", f"%Y-{MONTH_DAY}").replace(tzinfo=CHINA)

    def of(self, raw: bytes) -> Sent:
        return Sent(mailbox=self.mailbox, received=self.received, about=self.about, raw=raw)

    def __call__(
        self,
        subject: str,
        files: Files = (),
        *,
        text: str = "您好，材料见附件，请查收。",
        html: str = "",
        style: Style = "utf-8",
    ) -> Sent:
        return self.of(
            letter(
                subject=subject,
                sender=self.who,
                to=ADDRESSES[self.mailbox],
                date=self.received - timedelta(seconds=8),
                text=text,
                html=html,
                files=files,
                style=style,
            )
        )


def _who(name: str, mailbox: str) -> str:
    return f"{name} <{mailbox}@example.edu.cn>"


AGRONOMY = _who("农学院党务秘书", "nxy")
GARDENS = _who("园艺学院", "yyxy")
RESOURCES = _who("资环党办", "zihuan")
ANIMALS = _who("动科院", "dky")
OFFICES = _who("机关党委", "jgdw")
FOOD = _who("食品学院", "spxy")
ARTS = _who("艺术学院", "ysxy")
LIBRARY = _who("图书馆", "tsg")
LANGUAGES = _who("外国语学院", "wgyxy")
ECONOMY = _who("经管学院", "jgxy")


def _firewall() -> Iterator[Sent]:
    """红色防火墙, to the publicity department."""
    box = "xuanchuanbu"
    yield _Mail(box, "06-28 09:12", AGRONOMY, "合规的宣传稿")(
        "农学院党委+红色防火墙",
        [("农学院党委+红色防火墙.docx", material.manuscript(title="麦田边的先锋岗"))],
    )
    no_contact = material.manuscript(title="把支部建在防控一线", contact="")
    yield _Mail(box, "07-01 16:40", OFFICES, "稿件没有注明联系人")(
        "机关党委+红色防火墙", [("机关党委+红色防火墙.docx", no_contact)]
    )
    mended = material.manuscript(title="把支部建在防控一线")
    yield _Mail(box, "07-02 08:55", OFFICES, "第二天补上了联系人")(
        "回复：Re: 机关党委+红色防火墙", [("机关党委+红色防火墙（补正）.docx", mended)], style="gbk"
    )
    yield _Mail(box, "07-04 10:03", GARDENS, "晚了一天，仍然接收")(
        "园艺学院党委+红色防火墙",
        [("园艺学院党委+红色防火墙.docx", material.manuscript(title="果园里的守夜人"))],
    )
    autumn = [("食品学院党委+红色防火墙.docx", material.manuscript(title="食堂里的党员先锋岗"))]
    forwarding = _Mail(box, "09-25 14:20", FOOD, "支部发来、学院转发的稿件")
    yield forwarding.of(
        letters.forwarded(
            "食品学院党委+红色防火墙", files=autumn, sender=FOOD, date=forwarding.received
        )
    )


def _story(unit: str, day: str) -> str:
    return f"{unit}+战疫故事汇+2020{day}"


def _stories() -> Iterator[Sent]:
    """战疫故事汇, by 15 July."""
    box = "zuzhibu"
    photo, second = material.jpeg(seed=1), material.jpeg(seed=2)
    yield _Mail(box, "07-10 09:30", AGRONOMY, "合规的故事、推荐表和图片")(
        _story("农学院党委", "0710"),
        [
            ("农学院党委+战疫故事汇+20200710.docx", material.manuscript()),
            ("农学院党委+战疫故事汇推荐表.docx", material.form("1", merged=True)),
            ("春耕值守.jpg", photo),
            ("云端答疑.jpg", second),
        ],
    )
    embedded = material.manuscript(title="温室灯火", pictures=(material.jpeg(800, 600, seed=3),))
    yield _Mail(box, "07-12 20:41", GARDENS, "图片插在 Word 里，没有原图")(
        _story("园艺学院党委", "0712"),
        [
            ("园艺学院党委+战疫故事汇+20200712.docx", embedded),
            ("园艺学院党委+战疫故事汇推荐表.docx", material.form("1", unit="园艺学院党委")),
        ],
        style="gb2312",
    )
    yield _Mail(box, "07-13 22:17", ANIMALS, "没写日期，iPhone 的 HEIC 照片")(
        "动物科学学院战疫故事汇材料",
        [
            ("动物科学学院战疫故事汇.docx", material.manuscript(title="牧场四十天")),
            ("动物科学学院战疫故事汇推荐表.docx", material.form("1", unit="动物科学学院党委")),
            ("IMG_2231.HEIC", material.heic()),
            ("IMG_2240.HEIC", material.heic(3024, 4032)),
        ],
        style="raw",
    )
    inside = {
        "资源环境学院战疫故事汇.docx": material.manuscript(title="守住校门的人"),
        "资源环境学院战疫故事汇推荐表.docx": material.form(
            "1", unit="资源环境学院党委", spread=True
        ),
        "照片/值班.jpg": material.jpeg(seed=4),
        "照片/测温.jpg": material.jpeg(seed=5),
    }
    yield _Mail(box, "07-14 11:26", RESOURCES, "全部装在一个 ZIP 里（GBK 文件名）")(
        _story("资源环境学院党委", "0714"),
        [("资环学院战疫故事.zip", material.zip_of(inside, gbk=True))],
        style="split",
    )
    yield _Mail(box, "07-15 23:48", LIBRARY, "文字是 PDF，没有推荐表，图片超过 10M")(
        _story("图书馆党总支", "0715"),
        [
            ("图书馆党总支+战疫故事汇.pdf", material.pdf()),
            ("阅览室.jpg", material.jpeg(seed=6, at_least=11 << 20)),
            ("消毒.jpg", material.jpeg(seed=7)),
        ],
    )


def _later() -> Iterator[Sent]:
    """教育素材 by the end of October, 党建特色案例 by 15 October."""
    box = "zuzhibu"
    yield _Mail(box, "09-15 10:10", ARTS, "合规的视频素材")(
        "艺术学院党委+教育素材+20200915",
        [
            ("艺术学院党委+教育素材+20200915.mp4", material.mp4(25 * 60)),
            ("艺术学院党委+教育素材推荐表.docx", material.form("2", unit="艺术学院党委")),
        ],
    )
    yield _Mail(box, "09-16 15:33", LANGUAGES, "手机拍的 MOV，改名成了 .mp4")(
        "外国语学院党委+抗疫教育素材+20200916",
        [
            ("外国语学院党委+教育素材+20200916.mp4", material.mov(18 * 60)),
            ("外国语学院党委+教育素材推荐表.docx", material.form("2", unit="外国语学院党委")),
        ],
        style="gbk",
    )
    yield _Mail(box, "09-20 17:05", ANIMALS, "视频是 QQ 超大附件，只有链接")(
        "动物科学学院党委+教育素材+20200920",
        [("推荐表.docx", material.form("2", unit="动物科学学院党委"))],
        text="",
        html="<p>视频较大，见超大附件。</p>"
        + letters.qq_big("牧场微党课.mp4", "1.36G", "2020年10月20日 17:03 到期"),
    )
    yield _Mail(box, "09-22 09:00", ECONOMY, "发错了邮箱：应报宣传部")(
        "经济管理学院党委+红色防火墙",
        [("经济管理学院党委+红色防火墙.docx", material.manuscript(title="网课背后的党员服务队"))],
    )
    case = material.doc("网格化党建案例", material.body_text(900))
    yield _Mail(box, "10-09 11:11", RESOURCES, "合规的案例，WPS 存的 .doc")(
        "资源环境学院党委+党建特色案例+20201009",
        [
            ("资源环境学院党委+党建特色案例+20201009.doc", case),
            ("资源环境学院党委+党建特色案例推荐表.pdf", material.scan_pdf()),
        ],
    )
    yield _Mail(box, "10-11 19:26", FOOD, "没写日期，文档加密，图片是 PNG，缺推荐表")(
        "食品学院 疫情防控中的党建特色案例",
        [
            ("案例终稿.docx", material.encrypted_office()),
            ("现场.png", material.png()),
            ("党员先锋岗.jpg", material.jpeg(seed=8)),
        ],
        text="老师您好，案例见附件，密码另发。",
    )
    yield _Mail(box, "10-11 20:02", _who("宣传委员", "xcwy"), "名册里没有这个单位")(
        "创新创业学院党委+党建特色案例+20201011",
        [("案例.docx", material.manuscript(title="云上双创")), ("推荐表.docx", material.form("2"))],
    )


def _not_material() -> Iterator[Sent]:
    """What lies in every mailbox beside the material."""
    away = _Mail("zuzhibu", "07-14 11:30", AGRONOMY, "外出自动回复，不处理")
    yield away.of(letters.out_of_office())
    returned = _Mail("xuanchuanbu", "07-02 09:01", AGRONOMY, "系统退信，不处理")
    yield returned.of(letters.bounce_163())

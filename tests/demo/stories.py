"""战疫故事汇, to the organisation department, by 15 July."""

from collections.abc import Iterator

from tests import material
from tests.demo.landscape import photograph
from tests.demo.mailing import AGRONOMY, ANIMALS, GARDENS, LIBRARY, RESOURCES, Mail, Sent

BOX = "zuzhibu"


def _story(unit: str, day: str) -> str:
    return f"{unit}+战疫故事汇+2020{day}"


def stories() -> Iterator[Sent]:
    photo, second = photograph(1), photograph(2)
    yield Mail(BOX, "07-10 09:30", AGRONOMY, "合规的故事、推荐表和图片")(
        _story("农学院党委", "0710"),
        [
            ("农学院党委+战疫故事汇+20200710.docx", material.manuscript()),
            ("农学院党委+战疫故事汇推荐表.docx", material.form("1", merged=True)),
            ("春耕值守.jpg", photo),
            ("云端答疑.jpg", second),
        ],
    )
    embedded = material.manuscript(title="温室灯火", pictures=(material.jpeg(800, 600, seed=3),))
    yield Mail(BOX, "07-12 20:41", GARDENS, "图片插在 Word 里，没有原图")(
        _story("园艺学院党委", "0712"),
        [
            ("园艺学院党委+战疫故事汇+20200712.docx", embedded),
            ("园艺学院党委+战疫故事汇推荐表.docx", material.form("1", unit="园艺学院党委")),
        ],
        style="gb2312",
    )
    yield Mail(BOX, "07-13 22:17", ANIMALS, "没写日期，iPhone 的 HEIC 照片")(
        "动物科学学院战疫故事汇材料",
        [
            ("动物科学学院战疫故事汇.docx", material.manuscript(title="牧场四十天")),
            ("动物科学学院战疫故事汇推荐表.docx", material.form("1", unit="动物科学学院党委")),
            ("IMG_2231.HEIC", material.heic()),
            ("IMG_2240.HEIC", material.heic(3024, 4032)),
        ],
        style="raw",
    )
    yield from _unusual()


def _unusual() -> Iterator[Sent]:
    inside = {
        "资源环境学院战疫故事汇.docx": material.manuscript(title="守住校门的人"),
        "资源环境学院战疫故事汇推荐表.docx": material.form(
            "1", unit="资源环境学院党委", spread=True
        ),
        "照片/值班.jpg": photograph(4),
        "照片/测温.jpg": photograph(5),
    }
    yield Mail(BOX, "07-14 11:26", RESOURCES, "全部装在一个 ZIP 里（GBK 文件名）")(
        _story("资源环境学院党委", "0714"),
        [("资环学院战疫故事.zip", material.zip_of(inside, gbk=True))],
        style="split",
    )
    yield Mail(BOX, "07-15 23:48", LIBRARY, "文字是 PDF，没有推荐表，图片超过 10M")(
        _story("图书馆党总支", "0715"),
        [
            ("图书馆党总支+战疫故事汇.pdf", material.pdf()),
            ("阅览室.jpg", material.jpeg(seed=6, at_least=11 << 20)),
            ("消毒.jpg", photograph(7)),
        ],
    )

"""红色防火墙, to the publicity department: by 3 July, and by 30 September."""

from collections.abc import Iterator

from tests import letters, material
from tests.demo.mailing import AGRONOMY, FOOD, GARDENS, OFFICES, Mail, Sent


def firewall() -> Iterator[Sent]:
    box = "xuanchuanbu"
    yield Mail(box, "06-28 09:12", AGRONOMY, "合规的宣传稿")(
        "农学院党委+红色防火墙",
        [("农学院党委+红色防火墙.docx", material.manuscript(title="麦田边的先锋岗"))],
    )
    no_contact = material.manuscript(title="把支部建在防控一线", contact="")
    yield Mail(box, "07-01 16:40", OFFICES, "稿件没有注明联系人")(
        "机关党委+红色防火墙", [("机关党委+红色防火墙.docx", no_contact)]
    )
    mended = material.manuscript(title="把支部建在防控一线")
    yield Mail(box, "07-02 08:55", OFFICES, "第二天补上了联系人")(
        "回复：Re: 机关党委+红色防火墙", [("机关党委+红色防火墙（补正）.docx", mended)], style="gbk"
    )
    yield Mail(box, "07-04 10:03", GARDENS, "晚了一天，仍然接收")(
        "园艺学院党委+红色防火墙",
        [("园艺学院党委+红色防火墙.docx", material.manuscript(title="果园里的守夜人"))],
    )
    autumn = [("食品学院党委+红色防火墙.docx", material.manuscript(title="食堂里的党员先锋岗"))]
    forwarding = Mail(box, "09-25 14:20", FOOD, "支部发来、学院转发的稿件")
    yield forwarding.of(
        letters.forwarded(
            "食品学院党委+红色防火墙", files=autumn, sender=FOOD, date=forwarding.received
        )
    )

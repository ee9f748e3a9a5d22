"""What the organisation department gets in autumn."""

from collections.abc import Iterator

from tests import letters, material
from tests.demo.landscape import photograph
from tests.demo.mailing import ANIMALS, ARTS, ECONOMY, FOOD, LANGUAGES, RESOURCES, Mail, Sent, who

BOX = "zuzhibu"


def sources() -> Iterator[Sent]:
    """教育素材, by the end of October."""
    yield Mail(BOX, "09-15 10:10", ARTS, "合规的视频素材")(
        "艺术学院党委+教育素材+20200915",
        [
            ("艺术学院党委+教育素材+20200915.mp4", material.mp4(25 * 60)),
            ("艺术学院党委+教育素材推荐表.docx", material.form("2", unit="艺术学院党委")),
        ],
    )
    yield Mail(BOX, "09-16 15:33", LANGUAGES, "手机拍的 MOV，改名成了 .mp4")(
        "外国语学院党委+抗疫教育素材+20200916",
        [
            ("外国语学院党委+教育素材+20200916.mp4", material.mov(18 * 60)),
            ("外国语学院党委+教育素材推荐表.docx", material.form("2", unit="外国语学院党委")),
        ],
        style="gbk",
    )
    yield Mail(BOX, "09-20 17:05", ANIMALS, "视频是 QQ 超大附件，只有链接")(
        "动物科学学院党委+教育素材+20200920",
        [("推荐表.docx", material.form("2", unit="动物科学学院党委"))],
        text="",
        html="<p>视频较大，见超大附件。</p>"
        + letters.qq_big("牧场微党课.mp4", "1.36G", "2020年10月20日 17:03 到期"),
    )
    yield Mail(BOX, "09-22 09:00", ECONOMY, "发错了邮箱：应报宣传部")(
        "经济管理学院党委+红色防火墙",
        [("经济管理学院党委+红色防火墙.docx", material.manuscript(title="网课背后的党员服务队"))],
    )


def cases() -> Iterator[Sent]:
    """党建特色案例, by 15 October."""
    case = material.doc("网格化党建案例", material.body_text(900))
    yield Mail(BOX, "10-09 11:11", RESOURCES, "合规的案例，WPS 存的 .doc")(
        "资源环境学院党委+党建特色案例+20201009",
        [
            ("资源环境学院党委+党建特色案例+20201009.doc", case),
            ("资源环境学院党委+党建特色案例推荐表.pdf", material.scan_pdf()),
        ],
    )
    yield Mail(BOX, "10-11 19:26", FOOD, "没写日期，文档加密，图片是 PNG，缺推荐表")(
        "食品学院 疫情防控中的党建特色案例",
        [
            ("案例终稿.docx", material.encrypted_office()),
            ("现场.png", material.png()),
            ("党员先锋岗.jpg", photograph(8)),
        ],
        text="老师您好，案例见附件，密码另发。",
    )
    yield Mail(BOX, "10-11 20:02", who("宣传委员", "xcwy"), "名册里没有这个单位")(
        "创新创业学院党委+党建特色案例+20201011",
        [("案例.docx", material.manuscript(title="云上双创")), ("推荐表.docx", material.form("2"))],
    )

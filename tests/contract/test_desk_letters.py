"""What secretaries write into the mail itself: contacts, links, questions, news."""

from tests import letters
from tests.contract.desks import ACCEPTED, FORM, TEXT, Cases, check, stock, story, wall
from tests.contract.outside import Examiner
from tests.contract.ready import STORY, WALL, at
from tests.letters import PUBLICITY, letter
from tests.material import body_text

RETURNED = "returned: contact-missing"


def test_contacts_wherever_they_stand(examiner: Examiner) -> None:
    rows = ("李小红", "组织员", "电话：85281234")
    table = "<table>" + "".join(f"<tr><td>{row}</td></tr>" for row in rows) + "</table>"
    cases: Cases = {
        "in_the_mail": (wall(text="稿件见附件。\n联系人：李老师（85281234）。"), ACCEPTED),
        "signature": (wall(text="请查收\n\n张小明\n农学院党委办公室\n85281234"), ACCEPTED),
        "web_signature": (wall(text="", html=f"<p>请查收</p><p>--</p>{table}"), ACCEPTED),
        "telephone": (wall(text="发自我的iPhone\n\n李小红\n手机 138-0013-8000"), ACCEPTED),
        "authors": (
            wall("作者：张三，2018级本科生", "指导老师：李老师 电话 13800138000"),
            ACCEPTED,
        ),
        "reviewer": (wall("供稿：农学院党委", "审核：王五", "联系：020-85281234"), ACCEPTED),
        "bar": (wall("通讯员 | 李小红  电话/微信：13800138000"), ACCEPTED),
        "mail": (wall("联络员：陈老师   联系方式：chen@scau.edu.cn"), ACCEPTED),
        "title": (wall("支部书记张三，电话13800138000"), ACCEPTED),
        "asked": (wall(text="有问题请联系李老师（85281234）。"), ACCEPTED),
        "office_alone": (wall(text="农学院党委办公室：85281234"), RETURNED),
        "elsewhere": (wall("联系人：见推荐表"), RETURNED),
        "nowhere": (wall(), RETURNED),
    }
    check(examiner, cases)


def test_links_of_all_kinds_are_never_nothing(examiner: Examiner) -> None:
    def linked(text: str = "", html: str = "") -> tuple[bytes, str]:
        return story([TEXT, FORM], text=text, html=html), "held: link-only"

    cases: Cases = {
        "weiyun": linked("图片传到微云：https://share.weiyun.com/abcdEFGH 密码：ab12cd"),
        "alipan": linked("图片原图见阿里云盘：https://www.alipan.com/s/abcdefgh"),
        "qq": linked(html=letters.qq_big("图片原图.zip", "256.1M", "无限期")),
        "netease": linked(html=letters.netease_big("现场照片.rar")),
        "transfer": linked("图片下载地址：https://wss.cc/f/abcdefg 取件码 123456"),
        "kdocs": (stock(text="【金山文档】 素材\nhttps://kdocs.cn/l/cabc"), "held: link-only"),
        "film": (stock(text="微党课：https://www.bilibili.com/video/BV1xx"), "held: link-only"),
        "baidu": (stock(text=letters.baidu()), "held: link-only"),
        "without_code": (stock(text=letters.baidu(code="")), "returned: link-no-code"),
        "news": (story(text="报道见 https://mp.weixin.qq.com/s/abc"), ACCEPTED),
        "homepage": (
            story([TEXT, FORM], text="学院网站 http://nxy.scau.edu.cn"),
            "returned: part-missing",
        ),
    }
    check(examiner, cases)


def test_letters_without_files(examiner: Examiner) -> None:
    def plain(text: str, subject: str = STORY) -> bytes:
        return letter(subject=subject, text=text)

    read = "held: question"
    cases: Cases = {
        "thanks": (plain("收到，谢谢老师！", f"回复：Re: {STORY}"), read),
        "question": (plain("老师好，请问附件1在哪里下载？", "请问附件1在哪里下载"), read),
        "did_it_come": (plain("请问我院的材料是否已收到？"), read),
        "wrong_one": (plain("昨天报送的材料有误，请忽略，稍后重发。"), read),
        "tomorrow": (plain("材料还在审核，明天补交。"), read),
        "nothing_to_report": (plain("我院本次无材料报送。", "农学院党委零报告"), read),
        "forgotten": (plain("附件是我院战疫故事汇材料，请查收。"), "returned: no-attachment"),
    }
    check(examiner, cases)


def test_a_manuscript_in_the_mail_is_told_where_it_belongs(examiner: Examiner) -> None:
    words = f"烈火真金\n\n{body_text(600)}\n\n联系人：张三 13800138000"
    mail = letter(subject=WALL, to=PUBLICITY, text=words, date=at(6, 28))
    seen = examiner.look(mail=mail)["mail"]
    assert seen.verdict == "returned: no-attachment"
    assert "请把正文里的稿件存成 Word 文档，作为附件发来。" in seen.text

"""Large attachments that come as links, and what only looks like one."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from daemon import links
from daemon.errors import ConfigError
from daemon.links import load, shipped
from daemon.mime.html import read
from daemon.stated import CHINA
from rules.submission import Link
from tests import letters

FILE = "农学院+示范微党课.mp4"
PAN = "https://pan.baidu.com/s/1AbCdEf"
OTHER = "https://pan.baidu.com/s/1ZzCdEf"


def in_html(html: str) -> tuple[Link, ...]:
    return links.find([read(html)], [], providers=shipped())


def in_text(text: str) -> tuple[Link, ...]:
    return links.find([], [text], providers=shipped())


def test_a_qq_attachment_tells_name_size_and_expiry() -> None:
    (link,) = in_html(letters.qq_big(FILE))
    assert (link.provider, link.name, link.size) == ("qq", FILE, round(128.03 * 2**20))
    assert link.expires == datetime(2020, 8, 9, 21, 59, tzinfo=CHINA)


def test_a_link_that_never_expires_has_no_expiry() -> None:
    (link,) = in_html(letters.qq_big(FILE, expiry="无限期"))
    assert link.expires is None


def test_the_plain_text_of_qq_is_read_too() -> None:
    (link,) = in_text(
        "从QQ邮箱发来的超大附件\n\n"
        f"{FILE} (128.03M, 2020年11月27日 21:59 到期)进入下载页面："
        "https://mail.qq.com/cgi-bin/ftnExs_download?k=1&t=exs_ftn&code=2"
    )
    assert (link.name, link.size) == (FILE, round(128.03 * 2**20))
    assert link.expires == datetime(2020, 11, 27, 21, 59, tzinfo=CHINA)


def test_two_files_in_plain_text_keep_their_own_facts() -> None:
    url = "http://mail.qq.com/cgi-bin/ftnExs_download?k="
    one, two = in_text(
        f"甲.mp4 (1.5G, 无限期)进入下载页面：{url}1\n乙.mov (20M, 2020年8月9日 1:00 到期)：{url}2"
    )
    assert (one.name, one.size, one.expires) == ("甲.mp4", round(1.5 * 2**30), None)
    assert (two.name, two.size) == ("乙.mov", 20 * 2**20)


def test_a_netease_attachment_is_exact_by_its_attributes() -> None:
    (link,) = in_html(letters.netease_big(FILE, size=84_892_713))
    assert (link.provider, link.name, link.size) == ("netease", FILE, 84_892_713)
    assert link.expires is not None


def test_netease_for_enterprises_is_read_by_attributes() -> None:
    (link,) = in_html(letters.qiye_big(FILE))
    assert (link.provider, link.name, link.size) == ("netease-qiye", FILE, 84_892_713)
    assert link.expires == datetime.fromtimestamp(1_597_000_000, UTC)


def test_a_coremail_share_tells_its_code() -> None:
    (link,) = in_html(letters.coremail_big(FILE, code="8f3k"))
    assert (link.provider, link.name, link.code) == ("coremail", FILE, "8f3k")
    assert link.expires == datetime(2020, 8, 9, 23, 59, 59, tzinfo=CHINA)


@pytest.mark.parametrize("in_url", [True, False])
def test_a_net_disk_link_needs_its_code(in_url: bool) -> None:
    (link,) = in_text(letters.baidu(code="ab12", in_url=in_url))
    assert (link.provider, link.code, link.code_needed) == ("baidu", "ab12", True)


def test_a_net_disk_link_without_a_code_says_so() -> None:
    (link,) = in_text(letters.baidu(code=""))
    assert (link.code, link.code_needed) == ("", True)


@pytest.mark.parametrize(
    "words",
    [
        f"{PAN} 验证码：8xk2",
        f"{PAN} 提取码（8xk2）",
        f"{PAN}（8xk2）",
        f"{PAN}\n8xk2",
        f"{PAN}\n8xk2\n请查收",
        f"{PAN} 码：8xk2",
        f"{PAN} PIN 8xk2",
        f"{PAN} 提取码为“8xk2”",
        f"提取码：8xk2，链接 {PAN}",
    ],
)
def test_a_code_is_read_as_people_write_it(words: str) -> None:
    (link,) = in_text(words)
    assert link.code == "8xk2"


@pytest.mark.parametrize(
    "words",
    [
        f"提取码均为8xk2：\n视频一 {PAN}\n视频二 {OTHER}",
        f"视频一 {PAN}\n视频二 {OTHER}\n提取码都是8xk2",
        f"{PAN}\n{OTHER}\n统一提取码：8xk2",
    ],
)
def test_a_code_that_is_said_of_all_links_serves_each(words: str) -> None:
    assert [link.code for link in in_text(words)] == ["8xk2", "8xk2"]


@pytest.mark.parametrize(
    "words",
    [
        f"{PAN}\n永久有效，公开链接，无需提取码",
        f"{PAN} 提取码：无",
        f"{PAN} 没有设密码",
        f"视频一 {PAN}\n视频二 {OTHER}\n以上链接均不设提取码",
    ],
)
def test_a_link_that_is_open_to_all_needs_no_code(words: str) -> None:
    assert not any(link.code or link.code_needed for link in in_text(words))


@pytest.mark.parametrize(
    "words",
    [
        PAN,
        f"{PAN}\n提取码见附件",
        f"{PAN}\n请用手机扫二维码 abcd",
        f"{PAN}\n谢谢 2020",
        f"{PAN} 密码无法打开请联系我",
        f"{PAN} 农学院 codebase",
    ],
)
def test_other_words_are_no_code(words: str) -> None:
    (link,) = in_text(words)
    assert link.code_needed
    assert link.code == ""


def test_the_code_of_one_link_is_not_that_of_the_link_above() -> None:
    assert [link.code for link in in_text(f"{PAN}\n{OTHER}\n提取码：8xk2")] == ["", "8xk2"]


@pytest.mark.parametrize(
    ("url", "provider"),
    [
        ("https://wx.mail.qq.com/ftn/download?func=3&key=a&code=b", "qq"),
        ("https://dashi.163.com/html/cloud-attachment-download/?key=x", "netease"),
        ("https://mail.sina.com.cn/filecenter/download.php?id=1", "sina"),
        ("https://cloud.189.cn/t/abc", "189"),
        ("https://www.bilibili.com/video/BV1xx411c7mD", "film"),
        ("https://v.qq.com/x/page/abc.html", "film"),
        ("https://pan.quark.cn/s/abc", "quark"),
        ("https://www.alipan.com/s/abc", "aliyun"),
        ("https://1drv.ms/u/s!abc", "onedrive"),
        ("https://drive.google.com/file/d/1/view", "google"),
        ("https://mail.example.edu.cn/coremail/common/nfFile.jsp?share_link=A&uid=b", "coremail"),
    ],
)
def test_every_provider_is_known_by_its_address(url: str, provider: str) -> None:
    (link,) = in_text(f"视频见 {url}，请查收。")
    assert (link.provider, link.url) == (provider, url)


@pytest.mark.parametrize(
    "html",
    [
        '<style id="cloudAttachStyle">.x{}</style><p>无</p>',
        '<div id="divNeteaseBigAttach"></div>',
        '<div id="QQMailBigAttach"><b>从QQ邮箱发来的超大附件</b></div>',
        '<div class="netease-attDown"><a href="https://mail.163.com/large-attachment-download/'
        'index.html?file=1">a.docx</a></div>',
        '<a href="https://u.163.com/promo">来自网易邮箱</a>',
        '<a href="https://pan.baidu.com/">百度网盘</a>',
        '<a href="https://notpan.baidu.com.example.com/s/1abc">x</a>',
        '<a href="mailto:a@mail.qq.com">x</a>',
        '<a href="https://mail.qq.com/">QQ邮箱</a>',
        '<a href="https://">x</a><a href="http://[bad/s/1">x</a>',
    ],
)
def test_a_decoy_is_no_link(html: str) -> None:
    assert in_html(html) == ()


def test_a_marked_element_makes_any_link_inside_a_file() -> None:
    (link,) = in_html(
        '<div id="QQMailBigAttach"><a href="https://cdn.example.com/f">a.mp4</a></div>'
    )
    assert (link.provider, link.name) == ("qq", "a.mp4")


def test_a_link_that_is_repeated_counts_once_and_learns_from_each_mention() -> None:
    url = "https://pan.baidu.com/s/1abc"
    (link,) = in_html(f'<a href="{url}">{url}</a><blockquote>{url} 提取码: x1y2</blockquote>')
    assert (link.url, link.code) == (url, "x1y2")


def test_chinese_words_right_behind_a_url_are_no_part_of_it() -> None:
    (link,) = in_text("https://pan.baidu.com/s/1abc提取码：x1y2。")
    assert (link.url, link.code) == ("https://pan.baidu.com/s/1abc", "x1y2")


@pytest.mark.parametrize(
    ("words", "expires"),
    [
        ("有效期至2020-07-20", datetime(2020, 7, 20, 23, 59, 59, tzinfo=CHINA)),
        ("过期时间：2020/7/20 08:30", datetime(2020, 7, 20, 8, 30, tzinfo=CHINA)),
        ("2020年7月20日 8:30:15 到期", datetime(2020, 7, 20, 8, 30, 15, tzinfo=CHINA)),
        ("2020年13月40日 到期", None),
        ("发布于2020年7月20日", None),
    ],
)
def test_an_expiry_is_read_as_it_is_written(words: str, expires: datetime | None) -> None:
    (link,) = in_text(f"https://pan.quark.cn/s/abc {words}")
    assert link.expires == expires


def test_an_office_adds_its_own_provider(tmp_path: Path) -> None:
    table = tmp_path / "own.toml"
    table.write_text(
        '[[provider]]\nname = "own"\ntitle = "校园云盘"\n'
        'hosts = ["pan.example.edu.cn"]\npath = "/s/"\n',
        "utf-8",
    )
    providers = (*shipped(), *load(table))
    (link,) = links.find([], ["https://pan.example.edu.cn/s/1"], providers=providers)
    assert link.provider == "own"


def test_a_faulty_table_names_every_fault(tmp_path: Path) -> None:
    table = tmp_path / "own.toml"
    table.write_text('[[provider]]\nname = "own"\npath = "("\nhost = "x"\n', "utf-8")
    with pytest.raises(ConfigError) as caught:
        load(table)
    assert {p.key for p in caught.value.problems} == {
        "provider.0.title",
        "provider.0.path",
        "provider.0.host",
    }


def test_a_missing_table_is_the_operators_fault(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        load(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("text", "provider", "url"),
    [
        (
            "视频：https://pan.scau.edu.cn/link/ABC 访问密码：ab12",
            "other",
            "https://pan.scau.edu.cn/link/ABC",
        ),
        ("下载地址 https://files.example.cn/v.mp4", "other", "https://files.example.cn/v.mp4"),
        ("链接:pan.baidu.com/s/1aBcDeF 提取码: ab12", "baidu", "https://pan.baidu.com/s/1aBcDeF"),
        ("见pan.baidu.com/s/1aBcDeF", "baidu", "https://pan.baidu.com/s/1aBcDeF"),
        ("https://115.com/s/abc?password=x1y2", "115", "https://115.com/s/abc?password=x1y2"),
    ],
)
def test_a_link_that_no_table_knows_is_a_file_when_the_words_beside_it_say_so(
    text: str, provider: str, url: str
) -> None:
    [link] = links.find([], [text], providers=shipped())
    assert (link.provider, link.url) == (provider, url)


@pytest.mark.parametrize(
    "text",
    [
        "欢迎访问学院网站 https://nxy.example.edu.cn/news/1",
        "百度网盘 https://pan.baidu.com/",
        "邮箱 a@b.cn/c 与 1.2/3",
        "https://files.example.cn/v.mp4" + "，" * 61 + "下载地址",
    ],
)
def test_an_ordinary_address_is_no_file(text: str) -> None:
    assert links.find([], [text], providers=shipped()) == ()

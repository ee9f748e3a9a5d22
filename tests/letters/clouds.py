"""Large attachments: what the providers put into the HTML instead of a file."""

from datetime import UTC, datetime

from tests.letters.letter import CHINA

EXPIRY = datetime(2020, 8, 9, 21, 59, tzinfo=CHINA)


def qq_big(name: str, size: str = "128.03M", expiry: str = "2020年08月09日 21:59 到期") -> str:
    """QQ 超大附件. `expiry` may be 无限期."""
    url = "https://mail.qq.com/cgi-bin/ftnExs_download?k=0a1b2c3d4e5f&t=exs_ftn&code=a1b2c3d4"
    return (
        '<div id="QQMailBigAttach" style="margin-top:30px"><div><b>从QQ邮箱发来的超大附件</b></div>'
        f'<div class="qqmailbgattach"><a href="{url}" target="_blank">{name}</a>'
        f'<span> ({size}, {expiry})</span><a href="{url}">进入下载页面</a>：{url}</div></div>'
    )


def netease_big(name: str, size: int = 84_892_713, expiry: datetime = EXPIRY) -> str:
    """163 and 126 云附件. Attributes hold bytes and milliseconds, the text rounds them."""
    moment = expiry.astimezone(CHINA)
    words = f"{moment.year}年{moment.month}月{moment.day}日 {moment.hour}:{moment.minute:02d} 到期"
    url = "https://mail.163.com/large-attachment-download/index.html?p=x&amp;file=f0e1d2c3"
    return (
        '<style id="cloudAttachStyle">.cloud{}</style>'
        '<div id="divNeteaseBigAttach">从网易邮箱发来的云附件'
        f'<a href="{url}" filename="{name}" filesize="{size}" '
        f'expiretime="{int(expiry.astimezone(UTC).timestamp() * 1000)}">{name}</a>'
        f"<span>({size / (1 << 20):.2f}M, {words})</span></div>"
    )


def qiye_big(name: str, size: int = 84_892_713) -> str:
    """NetEase for enterprises."""
    return (
        '<a class="divNeteaseSiriusCloudAttachItem" href="https://edisk.qiye.163.com/api/x?k=1" '
        f'file-name="{name}" file-size="{size}" expired="1597000000000">{name}</a>'
    )


def coremail_big(name: str, *, code: str = "8f3k") -> str:
    """The share link of campus mail systems; `code=""` forgets the extraction code."""
    host = "https://mail.example.edu.cn"
    url = f"{host}/coremail/common/nfFile.jsp?share_link=ABCD1234&uid=nxy@example.edu.cn"
    said = f"<br>提取码：{code}" if code else ""
    return f'<p>超大附件：<a href="{url}">{name}</a>（1.2G，有效期至2020-08-09）{said}</p>'


def baidu(*, code: str = "ab12", in_url: bool = False) -> str:
    """Plain text as the net disk's “copy link” gives it."""
    url = "https://pan.baidu.com/s/1aBcDeFgHiJkLmNoPqRsTuV" + (f"?pwd={code}" if in_url else "")
    return f"链接：{url}" + (f"\n提取码：{code}" if code and not in_url else "")

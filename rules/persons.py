"""Names of persons near a number: what a signature, a bracket or a sentence calls somebody.

There is no list of names. A run of Han characters is a name when it begins as names do and is no
word of an office; a title, a unit or “请联系” may stand before it, a title or “联系” behind.
"""

import re

HAN = r"[\u3400-\u9fff]"

# The hundred most common surnames cover some 85 % of people, these nearly all.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕"
    "丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱"
    "戴严莫孔向常汤温庄柯欧阮骆简古翁施伍麦关区冼巫凌洪詹蓝饶卓岑官章俞鲁葛柳纪聂游焦甘祝傅阎康尤"
    "乔赖文庞樊兰殷翟安颜倪牛芦季申毕丛邢路岳齐梅辛管左涂谷祁时舒耿牟卜苗费靳盛童甄项曲成裴席卫屈鲍"
    "霍隋植景单包柏宁桂闵解柴华车冉房池闻米喻宫邝敖艾臧楼滕尚栾冷应缪匡封谌练丘仇佘幸揭巩褚邬储"
    "杭鞠蔺屠桑虞晏荣易仲习冀阚瞿戚蒲郎车苟辜温水佟郁窦"
)
_DOUBLE = "欧阳 司徒 上官 诸葛 东方 夏侯 皇甫 尉迟 公孙 慕容 司马 令狐 端木 宇文 长孙 轩辕 南宫"
# How words of offices and of reports begin that begin as names do.
_WORDS = (
    "高度 高校 高等 高效 高级 高考 高温 高位 高质 方案 方便 方面 方法 方式 方向 任何 任务 任课 "
    "任职 任教 关于 关心 关爱 关注 关键 关怀 万众 万元 万人 万名 万分 严格 严防 严重 严肃 严密 "
    "常态 常务 常委 常规 常见 常用 常年 金额 安全 安排 安心 安装 安置 武汉 白云 江门 江苏 江西 "
    "温馨 温暖 温州 周一 周二 周三 周四 周五 周六 周日 周末 周边 周期 周年 夏季 于是 向上 向党 "
    "向前 应急 应该 应当 应对 程序 章程 官方 官网 单位 单独 时间 时候 时代 时期 成立 成果 成员 "
    "成功 成都 文字 文件 文明 文化 文章 文稿 文档 文学 管理 卫生 包括 包含 解决 解答 解放 毕业 "
    "路上 路线 项目 简单 简介 简要 石牌 习近 华南 华农 华工 古代 古典 封面 盛大 荣誉 荣获 荣幸 "
    "余下 余名 余人 祝好 祝愿 祝您 祝你 祝贺 祝福 谢谢 "
)
_UNIT = "院委部系处室办会组班科校心站队所馆局厅团"
_ENDS = "院委部处室办馆局厅"  # of them those that no name ends with
_TITLE = "员记书任长师事人者授生士理席"
_BEFORE = frozenset(
    f"{_UNIT}{_TITLE}与和找向跟由请系图文"
)  # 农学院张三, 书记张三, 请联系张三, 文图张三
_LABEL = "(?:联系|办公|值班)?(?:电话|手机|方式|邮箱|号码|微信)号?[是为]?"
_TAIL = re.compile(rf"(?:(?:联系|负责)(?:{_LABEL})?|{_LABEL})$")
_CALLED = re.compile(
    "(?:副?(?:书记|院长|主任|处长|部长|科长|校长|教授)|老师|教师|同志|同学|辅导员|委员|干事|秘书"
    "|组织员|先生|女士|博士)$"
)
_FOREIGN = re.compile(rf"{HAN}{{1,6}}(?:·{HAN}{{1,6}})+")  # 买买提·艾力
_FILLER = re.compile(rf"{HAN}{{0,19}}(?:[{_UNIT}{_TITLE}级]|{_LABEL}|联系)")
_RUN = re.compile(rf"{HAN}(?:·?{HAN})*|[A-Z][A-Za-z]+ [A-Z][A-Za-z-]+")
_STOP = re.compile(r"[。!?]")
_APART = re.compile(rf"(?<!{HAN})({HAN}) {{1,4}}({HAN})(?!{HAN})")

_SYLLABLES = re.compile(r"(?:(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?[aeiou]{1,3}(?:ng?|r)?-?){1,2}")
# Between blanks, as those of above are spelt.
_SPELT = (
    " wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo "
    "zheng liang xie song tang han deng feng cao peng zeng xiao tian dong pan yuan cai jiang "
    "yu du ye cheng wei su lv ding ren lu yao shen zhong cui tan fan liao shi jin jia xia fu "
    "fang zou xiong bai meng qin qiu hou yin xue yan duan lei long tao mao hao gu gong shao "
    "wan qian dai mo kong xiang wen kang ou ruan jian weng lai chang zhuang ke "
)


def before(text: str) -> str:
    """The person whom the end of the text names, "" when a sentence stands there instead."""
    runs = list(_RUN.finditer(_APART.sub(r"\1\2", text)))
    return _nearest([(run.string[run.end() :], run[0]) for run in reversed(runs)])


def behind(text: str) -> str:
    """The person whom the beginning of the text names, as where 。 ends the number's sentence."""
    runs = list(_RUN.finditer(_APART.sub(r"\1\2", text.lstrip(" .。!"))))
    return _nearest([(run.string[: run.start()], run[0]) for run in runs])


def _nearest(runs: list[tuple[str, str]]) -> str:
    """Past titles, units and labels to the first name; each run with all that lies between."""
    for between, run in runs:
        if _STOP.search(between):
            return ""
        if found := _person(run):
            return found
        if not _FILLER.fullmatch(run):
            return ""
    return ""


def _person(run: str) -> str:
    if run.isascii():
        return run if _spelt(run.casefold().split()) else ""
    if _FOREIGN.fullmatch(run):
        return run
    rest = _TAIL.sub("", run)
    called = _CALLED.search(rest)
    end = called.start() if called else len(rest)
    starts = range(end - (1 if called else 2), max(end - 5, -1), -1)
    return next((rest[at:] for at in starts if _begins(rest, at, end)), "")


def _begins(run: str, at: int, end: int) -> bool:
    """A name stands there in the run, of one letter where a title follows: 李老师."""
    if at and run[at - 1] not in _BEFORE:
        return False
    name = run[at:end]
    surname = 2 if name[:2] in _DOUBLE else 1 if name[0] in _SURNAMES else 0
    fits = surname and len(name) <= surname + 2
    return bool(fits) and run[at : at + 2] not in _WORDS and name[-1] not in _ENDS


def _spelt(words: list[str]) -> bool:
    """Zhang San, San Zhang."""
    surname = any(f" {word} " in _SPELT for word in (words[0], words[-1]))
    return surname and all(map(_SYLLABLES.fullmatch, words))

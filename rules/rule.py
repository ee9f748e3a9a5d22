"""A rule is words plus a predicate: one requirement, with a stable code."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import astuple, dataclass, fields, replace
from string import Formatter

from rules.notice import Language, Notice
from rules.spacing import fill
from rules.submission import Submission
from rules.verdict import Evidence, Finding, Phrase, Severity

Check = Callable[[Submission, Notice], Iterator[Evidence]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """What a rule says. `saw`, `required` and `fix` are templates over the evidence."""

    title: str
    why: str
    saw: str
    required: str
    fix: str


# how to mend what a person found: the rule's own words may speak of what only the rule has seen
MEND_ZH = "请按老师的意见修改后，直接回复本邮件并附上改好的文件；没有提到的文件不用重发。"
MEND_EN = "Mend it as said, and reply to this mail with the files; the others need not come again."
WORDS = tuple(field.name for field in fields(Words))


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    code: str
    severity: Severity
    zh: Words
    en: Words
    check: Check

    def words(self, language: Language) -> Words:
        return self.zh if language == "zh" else self.en

    def placeholders(self) -> frozenset[str]:
        """What the words of this rule may name in braces: what its evidence carries, and where."""
        texts = (*astuple(self.zh), *astuple(self.en))
        used = {field for text in texts for _, field, _, _ in Formatter().parse(text) if field}
        return frozenset(used | {"where"})


def rule(code: str, severity: Severity, *, zh: Words, en: Words) -> Callable[[Check], Rule]:
    """Turn a check into a Rule. The check yields evidence; it never raises, never looks outside."""
    return lambda check: Rule(code=code, severity=severity, zh=zh, en=en, check=check)


def words_of(rule: Rule, notice: Notice, language: Language) -> Words:
    """The rule's words, with those the notice puts in their place."""
    own: Mapping[str, str] = notice.words.get(rule.code, {}).get(language, {})
    words = rule.words(language)
    return replace(words, **{k: v for k, v in own.items() if k in WORDS}) if own else words


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A finding in words."""

    title: str
    saw: str
    required: str
    fix: str


def say(rule: Rule, finding: Finding, notice: Notice, language: Language) -> Said:
    """Fill the rule's words with the finding's evidence. Evidence is never itself a template."""
    words = words_of(rule, notice, language)
    if finding.by_hand:
        mend = MEND_ZH if language == "zh" else MEND_EN
        return Said(title=words.title, saw=finding.by_hand, required=words.why, fix=mend)
    values = {k: _spoken(v, language) for k, v in finding.values.items()}
    values["where"] = named(finding.where)
    return Said(
        title=fill(words.title, values),
        saw=fill(words.saw, values),
        required=fill(words.required, values),
        fix=fill(words.fix, values),
    )


def named(name: str) -> str:
    """The name of a file in quotation marks that those within it do not end."""
    return f"「{name}」" if "“" in name or "”" in name else f"“{name}”"


def _spoken(value: str | int | Phrase, language: Language) -> str:
    if isinstance(value, Phrase):
        return value.zh if language == "zh" else value.en
    return str(value)

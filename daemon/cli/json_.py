"""The JSON that `try` and `parse` print: a contract (DESIGN section 8)."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from daemon.intake import Outcome
    from daemon.reply import Reply
    from rules.notice import Language, Notice
    from rules.submission import Attachment, Claim, Link, Message
    from rules.verdict import Finding

Json = dict[str, object]


def message_object(message: "Message") -> Json:
    return {
        "from": message.sender,
        "from_name": message.sender_name,
        "subject": message.subject,
        "message_id": f"<{message.message_id}>" if message.message_id else None,
        "date": message.date.isoformat() if message.date else None,
        "text": message.text,
    }


def outcome_object(file: str, outcome: "Outcome", language: "Language") -> Json:
    verdict, submission = outcome.verdict, outcome.verdict.submission
    return {
        "file": file,
        "status": verdict.status,
        "late": verdict.late,
        "message": message_object(submission.message),
        "claim": _claim(submission.claim),
        "suggested_subject": verdict.suggested_subject,
        "attachments": [_attachment(a) for a in submission.attachments],
        "links": [_link(link) for link in submission.links],
        "findings": [_finding(f, outcome.notice, language) for f in verdict.findings],
        "answer": {"allowed": outcome.answer.allowed, "reason": outcome.answer.reason},
        "reply": _reply(outcome.reply) if outcome.reply else None,
    }


def _claim(claim: "Claim") -> Json:
    return {
        "notice": claim.notice or None,
        "unit": claim.unit.name if claim.unit else None,
        "category": claim.category.name if claim.category else None,
        "date": claim.date.isoformat() if claim.date else None,
        "window": claim.window.name if claim.window else None,
    }


def _attachment(attachment: "Attachment") -> Json:
    facts = attachment.facts
    return {
        "name": attachment.name,
        "path": list(attachment.path),
        "size": facts.size,
        "sha256": facts.sha256,
        "format": facts.format,
        "kind": attachment.kind or None,
        "role": attachment.role or None,
        "duration_ms": facts.duration_ms,
        "width": facts.width,
        "height": facts.height,
        "pages": facts.pages,
        "encrypted": facts.encrypted,
        "damaged": bool(facts.damaged),
    }


def _link(link: "Link") -> Json:
    return {
        "provider": link.provider,
        "url": link.url,
        "name": link.name or None,
        "size": link.size,
        "expires": link.expires.isoformat() if link.expires else None,
        "code": link.code or None,
    }


def _finding(finding: "Finding", notice: "Notice", language: "Language") -> Json:
    from rules.catalogue import by_code
    from rules.rule import say

    rule = by_code(finding.code)
    assert rule is not None, f"a finding without a rule: {finding.code}"
    said = say(rule, finding, notice, language)
    return {
        "code": finding.code,
        "severity": finding.severity,
        "where": finding.where,
        "saw": said.saw,
        "required": said.required,
        "fix": said.fix,
    }


def _reply(reply: "Reply") -> Json:
    return {
        "subject": reply.subject,
        "text": reply.text,
        "html": reply.html,
        "headers": dict(reply.headers),
    }

"""Which mails belong together: by the identifiers they name, or else by their subject."""

from __future__ import annotations

import re
from functools import lru_cache

from stageclf.inbox.headers import Headers

# What mail programs put before the subject of an answer or a forwarded mail, by language.
_PREFIXES = """
    re r aw antw antwort ant απ απάντ απαντ απάντηση απαντηση σχετ σχ sv vs vl odp ynt yan cvp rv res resp rép rif
    ref отв ответ отг отговор відп odg atb ats vast bls svar vá vál válasz rsp ris rsvp на ha
    fw fwd fyi wg προωθ προώθηση πρθ πρ tr trans enc rv doorst vb pd i inol ilt ilet továbbítás továbbitás pd przek
    redir fs ilt пер переслано препр предн edasi pārs pers prosl naprej přeposl prepos p posl
    回复 回覆 答复 转发 轉寄 返信 転送 답장 회신 전달
"""
_PREFIX = re.compile(
    r"\s*(?:(?:" + "|".join(sorted(_PREFIXES.split(), key=len, reverse=True)) + r")\s*\.?"
    r"(?:\s*[\[(]\d{1,3}[\])]|\^?\d{1,2})?\s*[:：]\s*"
    r"|\[(?:ext|extern|external|spam|εξωτερικό)\]\s*|\*{2,5}spam\*{2,5}\s*)",
    re.IGNORECASE,
)
_BRACKETED_ID = re.compile(r"<\s*([^<>\s]{1,500})\s*>")
_BARE_ID = re.compile(r"([^\s<>,;]{1,300}@[^\s<>,;]{1,200})")
_MARK_OF_PREFIX = re.compile(r"[:：\[*]")  # no prefix goes without one of these


def is_reply(subject: str) -> bool:
    """Whether a subject has been put there by answering or forwarding."""
    if ":" not in subject and "：" not in subject:
        return False
    before = subject[: len(subject.rstrip()) - len(plain_subject(subject))]
    return ":" in before or "：" in before


@lru_cache(maxsize=16)  # one mail's is asked for more than once
def plain_subject(subject: str) -> str:
    """A subject without the prefixes of answers, forwards and filters."""
    if not _MARK_OF_PREFIX.search(subject):
        return subject.strip()
    at = 0
    for _ in range(50):
        match = _PREFIX.match(subject, at)
        if not match or match.end() == at:
            break
        at = match.end()
    return subject[at:].strip()


def message_id(headers: Headers, name: str = "message-id") -> str:
    """The first identifier in a header without its angle brackets, "" if there is none."""
    value = headers.get(name)
    if not value:
        return ""
    match = _BRACKETED_ID.search(value) or _BARE_ID.search(value)
    return match[1] if match else value.split()[0][:500] if name == "message-id" else ""


def thread_id(headers: Headers, subject: str) -> str:
    """What all mails of a conversation share: the identifier of its first mail, or else the plain subject."""
    for name in ("references", "in-reply-to", "message-id"):
        found = message_id(headers, name)
        if found:
            return found
    return re.sub(r"\s+", " ", plain_subject(subject)).casefold()

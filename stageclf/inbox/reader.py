"""The base of all readers: one file in, records out, one at a time."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from stageclf.inbox.names import folded
from stageclf.inbox.record import InputError, ReadOptions, Record

MOST_COLUMNS = 2000
COLUMNS_NAMED = 50
HEAD = 1 << 16  # bytes that `sniff` is given
# The best names first; compared by `folded`, so without accents, capitals and punctuation.
TEXT_COLUMNS = (
    "text", "body", "message", "content", "comment", "comments", "body_text", "body_plain", "text_body",
    "plain_body", "email_body", "mail_body", "message_text", "message_body", "full_text", "review_text",
    "review_content", "review_body", "review", "comment_text", "comment_body", "feedback", "customer_message",
    "description", "question", "post", "answer", "mail", "e-mail text", "transcript", "note", "notes", "nachricht",
    "nachrichtentext", "inhalt", "bewertung", "bewertungstext", "kommentar", "anfrage", "beschreibung",
    "rückmeldung", "frage", "mitteilung", "κείμενο", "μήνυμα", "σχόλιο", "σχόλια", "αξιολόγηση", "κριτική",
    "περιεχόμενο", "σώμα", "ερώτηση", "περιγραφή", "texte", "contenu", "commentaire", "commentaires", "avis",
    "corps", "texto", "mensaje", "contenido", "comentario", "comentarios", "reseña", "opinión", "cuerpo",
    "consulta", "testo", "messaggio", "contenuto", "commento", "recensione", "corpo", "bericht", "tekst", "inhoud",
    "opmerking", "opmerkingen", "recensie", "mensagem", "conteúdo", "comentário", "avaliação", "wiadomość", "treść",
    "komentarz", "opinia", "recenzja", "mesaj", "conținut", "comentariu", "recenzie", "yorum", "metin", "içerik",
    "değerlendirme", "текст", "сообщение", "комментарий", "отзыв", "содержание", "съобщение", "коментар",
    "съдържание", "повідомлення", "відгук", "zpráva", "obsah", "komentář", "recenze", "správa", "komentár",
    "meddelande", "innehåll", "omdöme", "besked", "indhold", "melding", "viesti", "teksti", "palaute", "üzenet",
    "szöveg", "vélemény", "megjegyzés", "poruka", "sporočilo", "besedilo", "žinutė", "tekstas", "ziņa", "teksts",
    "sõnum", "mesazhi",
)  # fmt: skip


class Reader(ABC):
    """Reads one file as a stream of records.

    `progress` runs from 0 to 1 while `records` is consumed. Where `messages` is true, the records are mails or
    chat messages: their `columns` are filled in by `read` from their other fields. `endings` (".csv", …) are those
    of files that `sniff` does not recognise by what they hold. `label` is where the file is, as people are told it:
    the path, or "mails.zip!inner/a.mbox" for what lies unpacked in a temporary file at `path`.
    """

    format = ""
    channel = ""
    messages = False
    endings: tuple[str, ...] = ()

    @classmethod
    def sniff(cls, head: bytes, path: Path) -> bool:
        """Whether a file that begins with `head` (64 kB at most) is of this reader's format, whatever its ending."""
        return False

    def __init__(self, path: Path, options: ReadOptions) -> None:
        self.path = path
        self.label = str(path)
        self.options = options
        self.progress = 0.0
        self._size = max(1, path.stat().st_size)

    @abstractmethod
    def schema(self) -> dict[str, pa.DataType]:
        """The columns of the records and their types; raises InputError for a file that cannot be used."""

    @abstractmethod
    def records(self) -> Iterator[Record]:
        """Every record of the file in order, unreadable ones included."""

    def find_text_column(self, columns: list[str]) -> str:
        """The column to label: the one asked for, a well-known name, or the only one there is."""
        wanted = self.options.text_column
        if wanted is not None:
            if wanted in columns:
                return wanted
            raise InputError(f"{self.path}: no column {wanted!r}; its columns are: {_named(columns)}")
        by_name = {folded(column): column for column in reversed(columns[:MOST_COLUMNS])}
        for name in map(folded, TEXT_COLUMNS):
            if name in by_name:
                return by_name[name]
        if len(columns) == 1:
            return columns[0]
        raise InputError(
            f"{self.path}: no column that is known to hold the text; its columns are: {_named(columns)}. "
            "Name one with --text-column (text_column=… in Python)"
        )


def _named(columns: list[str]) -> str:
    more = len(columns) - COLUMNS_NAMED
    return ", ".join(columns[:COLUMNS_NAMED]) + (f" and {more:,} more" if more > 0 else "")

"""Text as it comes: cleaning mails, telling the language, spelling Greek in Latin letters."""

from stageclf.text.clean import CleanText, Span, clean
from stageclf.text.language import detect_language

__all__ = ["CleanText", "Span", "clean", "detect_language"]

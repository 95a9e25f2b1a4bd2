"""Personal data out of what is written: typed placeholders for redaction, stable pseudonyms for senders."""

from stageclf.privacy.pseudonyms import Pseudonyms
from stageclf.privacy.redact import Redacted, redact

__all__ = ["Pseudonyms", "Redacted", "redact"]

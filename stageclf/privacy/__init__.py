"""Personal data out of what is written: typed placeholders for redaction, stable pseudonyms for senders."""

from stageclf.privacy.names import names_of
from stageclf.privacy.pseudonyms import Pseudonyms
from stageclf.privacy.redact import Redacted, redact, redact_people

__all__ = ["Pseudonyms", "Redacted", "names_of", "redact", "redact_people"]

from __future__ import annotations
def is_auto_submitted(mail, subject, text): return False
def is_bulk(mail, subject, text): return False

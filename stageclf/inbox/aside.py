"""What lies beside mails and exports in folders and archives and is no input, with the reason."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

MAILDIR_FOLDERS = ("cur", "new")

# Never texts: not even unpacked to look at.
MEDIA = frozenset(
    """
    .jpg .jpeg .png .gif .webp .heic .bmp .tif .tiff .svg .ico .mp3 .m4a .ogg .opus .wav .aac .flac .mp4 .mov .avi
    .mkv .3gp .webm .pdf .doc .docx .ppt .pptx .odt .odp .exe .dll .dmg .iso .apk .jar .woff .woff2 .ttf .vcf .ics
    """.split()
)
# A file that a Maildir's delivery has not finished: its name begins with the time.
_DELIVERY = re.compile(r"\d{6,}\.")


def reason_to_leave_aside(name: str) -> str:
    """Why the file `name` (its path within a folder or archive) is not to be read; "" if it is to be."""
    path = PurePosixPath(name.replace("\\", "/"))
    folders, file = path.parts[:-1], path.name
    if "__MACOSX" in folders or file.startswith("."):
        return "is a hidden file"
    if (
        any(folder.startswith(".") and folder not in (".", "..") for folder in folders)
        and folders[-1] not in MAILDIR_FOLDERS
    ):
        return "lies in a hidden folder"
    if folders and folders[-1] == "tmp" and _DELIVERY.match(file):
        return "is a mail whose delivery was not finished"
    if path.suffix.lower() in MEDIA:
        return f"is no text ({path.suffix})"
    return ""

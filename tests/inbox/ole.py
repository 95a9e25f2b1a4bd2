"""Writes OLE files (MS-CFB) and Outlook items in them, for the tests: olefile only reads."""

import struct
from datetime import UTC, datetime

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR, MINI, CUTOFF = 512, 64, 4096


def write_ole(streams):
    """The bytes of an OLE file with the streams given by their path ("folder/name")."""
    nodes = [["Root Entry", 5, [], b""]]
    index = {"": 0}
    for path, data in streams.items():
        *folders, name = path.split("/")
        parent = 0
        for depth in range(len(folders)):
            key = "/".join(folders[: depth + 1])
            if key not in index:
                index[key] = len(nodes)
                nodes[parent][2].append(len(nodes))
                nodes.append([folders[depth], 1, [], b""])
            parent = index[key]
        nodes[parent][2].append(len(nodes))
        nodes.append([name, 2, [], data])
    sectors, fat, mini, minifat = [], [], b"", []

    def put(data):
        start = len(sectors)
        pieces = [data[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(data), SECTOR)]
        sectors.extend(pieces)
        fat.extend([*range(start + 1, start + len(pieces)), END] if pieces else [])
        return start if pieces else END

    starts = {}
    for number, (_, kind, _, data) in enumerate(nodes):
        if kind == 2 and len(data) < CUTOFF:
            count = -(-len(data) // MINI)
            starts[number] = len(minifat) if count else END
            minifat.extend([*range(len(minifat) + 1, len(minifat) + count), END] if count else [])
            mini += data.ljust(count * MINI, b"\0")
        elif kind == 2:
            starts[number] = put(data)
    starts[0] = put(mini)
    nodes[0][3] = mini
    siblings = {one: after for node in nodes for one, after in zip(node[2], [*node[2][1:], FREE], strict=False)}
    entries = b""
    for number, (name, kind, children, data) in enumerate(nodes):
        raw = name.encode("utf-16-le") + b"\0\0"
        entries += raw.ljust(64, b"\0") + struct.pack(
            "<HBBIII", len(raw), kind, 1, FREE, siblings.get(number, FREE), children[0] if children else FREE
        )
        entries += bytes(36) + struct.pack("<IQ", starts.get(number, 0), len(data))
    directory = put(entries.ljust(-(-len(entries) // SECTOR) * SECTOR, b"\0"))
    minifat_start = put(
        struct.pack(f"<{len(minifat)}I", *minifat).ljust(-(-len(minifat) * 4 // SECTOR) * SECTOR, b"\xff")
    )
    fat_count = 1
    while (len(sectors) + fat_count) * 4 > fat_count * SECTOR:
        fat_count += 1
    fat_start = len(sectors)
    fat += [FAT] * fat_count
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(fat_count * SECTOR, b"\xff")
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack(
            "<HHHHH6xIIIIIIIIII",
            0x3E,
            3,
            0xFFFE,
            9,
            6,
            0,
            fat_count,
            directory,
            0,
            CUTOFF,
            minifat_start,
            -(-len(minifat) * 4 // SECTOR),
            END,
            0,
            fat_start,
        )
    )
    header += (
        struct.pack(f"<{fat_count - 1}I", *range(fat_start + 1, fat_start + fat_count)) if fat_count > 1 else b""
    )
    return header.ljust(SECTOR, b"\xff") + b"".join(sectors) + table


def write_msg(properties, recipients=()):
    """A .msg file; properties are number to str (Unicode), bytes (binary), int, datetime or ("8bit", bytes)."""
    streams = _item(properties, "", 32)
    for number, person in enumerate(recipients):
        streams |= _item(person, f"__recip_version1.0_#{number:08X}/", 8)
    return write_ole(streams)


def _item(properties, folder, header):
    streams, fixed = {}, bytes(header)
    for number, value in properties.items():
        if isinstance(value, int):
            fixed += struct.pack("<HHIq", 0x0003, number, 6, value)
        elif isinstance(value, datetime):
            ticks = int((value - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds() * 10_000_000)
            fixed += struct.pack("<HHIQ", 0x0040, number, 6, ticks)
        else:
            kind, data = (
                (0x001F, value.encode("utf-16-le"))
                if isinstance(value, str)
                else (0x0102, value)
                if isinstance(value, bytes)
                else (0x001E, value[1])
            )
            fixed += struct.pack("<HHIQ", kind, number, 6, len(data))
            streams[f"{folder}__substg1.0_{number:04X}{kind:04X}"] = data
    return {f"{folder}__properties_version1.0": fixed} | streams

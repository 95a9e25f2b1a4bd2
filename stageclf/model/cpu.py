"""What the CPU can do, as far as it decides how int8 products are computed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_SUMS_IN_32_BITS = frozenset({"avx_vnni", "avx512_vnni", "amx_int8"})


@cache
def sums_int8_exactly(cpuinfo: Path = Path("/proc/cpuinfo")) -> bool:
    """Whether int8 products are surely summed in 32 bits; False where the system does not tell (not Linux)."""
    try:
        lines = cpuinfo.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    flags = next((line for line in lines if line.startswith("flags")), "")
    return not _SUMS_IN_32_BITS.isdisjoint(flags.split())

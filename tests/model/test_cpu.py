from stageclf.model.cpu import sums_int8_exactly


def test_vnni_is_found_among_the_flags(tmp_path):
    new, old = tmp_path / "new", tmp_path / "old"
    new.write_text("processor\t: 0\nflags\t\t: fpu avx2 avx512_vnni\n")
    old.write_text("processor\t: 0\nflags\t\t: fpu avx2 avx512f\n")
    assert sums_int8_exactly(new)
    assert not sums_int8_exactly(old)
    assert not sums_int8_exactly(tmp_path / "none")

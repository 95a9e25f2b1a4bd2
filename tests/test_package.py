"""What importing costs, and that heavy packages stay out of the core."""

import subprocess
import sys

import pytest

import stageclf

HEAVY = (
    "torch",
    "transformers",
    "datasets",
    "onnx",
    "sklearn",
    "onnxruntime",
    "pyarrow",
    "rich",
    "ray",
    "pyspark",
    "pandas",
)


def loaded_after(code: str) -> set[str]:
    script = f"{code}\nimport sys; print(' '.join(sys.modules))"
    return set(
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    )


def test_importing_the_package_loads_nothing_heavy():
    assert not loaded_after("import stageclf").intersection(HEAVY)


def test_the_command_line_shows_its_help_without_the_model():
    code = (
        "import sys; sys.argv = ['stageclf', '--help']\n"
        "from stageclf.cli import main\n"
        "try: main()\nexcept SystemExit: pass"
    )
    assert not loaded_after(code).intersection({"torch", "sklearn", "onnxruntime", "tokenizers", "pyarrow"})


def test_predicting_never_loads_torch():
    code = "from stageclf import StageClassifier; StageClassifier.from_pretrained().label(['Where is my parcel?'])"
    assert not loaded_after(code).intersection({"torch", "transformers", "datasets"})


def test_every_public_name_is_there():
    for name in stageclf.__all__:
        assert getattr(stageclf, name) is not None
    with pytest.raises(AttributeError, match="module 'stageclf' has no attribute 'nothing'"):
        stageclf.nothing  # noqa: B018


def test_a_missing_extra_is_answered_by_its_pip_line():
    from stageclf.extras import MissingExtraError, require

    with pytest.raises(MissingExtraError) as caught:
        require("no_such_package", "train")
    assert str(caught.value) == 'no_such_package is not installed; it comes with: pip install "stageclf[train]"'


@pytest.mark.parametrize(("module", "extra"), [("ray", "ray"), ("pyspark", "spark")])
def test_engines_name_the_extra_that_is_missing(tmp_path, monkeypatch, module, extra):
    from stageclf.engines import score_files_on_ray
    from stageclf.extras import MissingExtraError
    from stageclf.spark import label_udf

    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError) as caught:
        score_files_on_ray("in.csv", tmp_path / "out") if extra == "ray" else label_udf()
    assert str(caught.value) == f'{module} is not installed; it comes with: pip install "stageclf[{extra}]"'


@pytest.mark.parametrize("arguments", [["predict", "Where is my parcel?"], ["score", "in.csv", "-o", "out.csv"]])
def test_labelling_commands_do_without_scikit_learn(arguments, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.csv").write_text("text\nWhere is my parcel?\n", encoding="utf-8")
    code = (
        f"import sys; sys.argv = ['stageclf', *{arguments}]\n"
        "from stageclf.cli import main\n"
        "try: main()\nexcept SystemExit: pass"
    )
    assert not loaded_after(code).intersection({"sklearn", "scipy", "pandas", "torch"})

"""A report of an invented town, small enough to count its lines, and what loading says of a changed copy."""

from pathlib import Path

from bot.answering.knowledge.folder import load

REPORT = """\
report:
  id: town-2022
  title: 年报
  publisher: 周刊
  year: 2022
  subject: {label: 某镇, en: Town, aliases: [镇上]}
sections:
  - title: 产业
    sentences:
      - text: 企业达到3.6万家，增长7%。
        facts:
          - id: firms
            label: 企业数量
            figure: 3.6万家
            keywords: [企业, 公司]
            en: {label: firms, figure: '36,000', keywords: [companies]}
          - id: growth
            label: 企业增速
            figure: 7%
            period: 2022年
            keywords: [企业增长]
"""


def changed(old: str, new: str) -> str:
    """The report with its first `old` replaced; `old` must be there."""
    assert old in REPORT
    return REPORT.replace(old, new, 1)


def write(folder: Path, **files: str | bytes) -> Path:
    """The folder with these files, each under its name and .yaml."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / f"{name}.yaml").write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def problems(folder: Path, **files: str | bytes) -> list[str]:
    """What loading these files says, without the folder's own name."""
    loaded = load(write(folder, **files))
    return [str(problem).replace(f"{folder}/", "") for problem in loaded.problems]

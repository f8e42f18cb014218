"""How the pictures look: in the light, and where the reader prefers the dark."""

from __future__ import annotations

from typing import Final

FONT_SIZE: Final = 14
_FONTS: Final = (
    '-apple-system, "Segoe UI", "Noto Sans", Roboto, "Helvetica Neue", Arial, "PingFang SC", "Hiragino Sans GB", '
    '"Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif, "Apple Color Emoji", "Noto Color Emoji"'
)
# Of each class: the fill in the light, and in the dark.
_FILLS: Final = {
    "wall": ("#e9edf1", "#151b23"),
    "line": ("#d3dae1", "#2b333d"),
    "bot": ("#ffffff", "#252e38"),
    "person": ("#d5ebff", "#1f4e7d"),
    "quote": ("#eff6fc", "#2b3946"),
    "bar": ("#3b8fd9", "#5aaaf0"),
    "button": ("#d8dfe6", "#323d49"),
    "pressed": ("#3b8fd9", "#3f86c6"),
    "tap": ("#ffffff", "#ffffff"),
    "text": ("#1c232b", "#e8edf2"),
    "faint": ("#5d6874", "#9aa6b2"),
    "onpressed": ("#ffffff", "#ffffff"),
}


def style_sheet() -> str:
    light, dark = (_rules(column) for column in (0, 1))
    return (
        f"\ntext {{ font: {FONT_SIZE}px {_FONTS}; }}\n"
        ".bold { font-weight: 600; }\n.italic { font-style: italic; }\n.underline { text-decoration: underline; }\n"
        f"{light}@media (prefers-color-scheme: dark) {{\n{dark}}}\n"
    )


def _rules(column: int) -> str:
    return "".join(f".{name} {{ fill: {fills[column]}; }}\n" for name, fills in _FILLS.items())

#!/usr/bin/env python3
"""A terminal's screen as an SVG, each character in its cell whatever font the reader has.

    tmux capture-pane -e -p -t run | scripts/terminal-picture.py > docs/pictures/run.svg

Reads text with SGR escapes (colours, bold, faint, reverse) as tmux prints it; other escapes are refused.
"""
import re
import sys
import unicodedata
from xml.sax.saxutils import escape

CELL, LINE, SIZE, MARGIN = 8.4, 18, 14, 14
GROUND, INK, FAINT = "#17181d", "#d7dae0", "#7d828c"
COLOURS = ["#4a4e57", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#d7dae0"]


def width(char):
    return 0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1


def styled(style, code, rest):
    if code in (0, 39):
        style = {} if code == 0 else {**style, "ink": None}
    elif code == 1:
        style = {**style, "bold": True}
    elif code == 2:
        style = {**style, "faint": True}
    elif code == 7:
        style = {**style, "reverse": True}
    elif 30 <= code <= 37 or 90 <= code <= 97:
        style = {**style, "ink": COLOURS[code % 10]}
    elif code == 38 and rest[:1] == [5]:
        colour = rest[1]
        del rest[:2]
        style = {**style, "ink": COLOURS[colour % 8] if colour < 16 else INK}
    elif code not in (22, 27, 49):
        sys.exit(f"terminal-picture: an escape that it does not know: {code}")
    return style


def runs(line):
    """Pieces of one style, each with its column."""
    style, column, text = {}, 0, ""
    for part in re.split(r"(\x1b\[[0-9;]*m)", line):
        if not part.startswith("\x1b"):
            if part:
                yield column, style, part
                column += sum(map(width, part))
            continue
        codes = [int(code or 0) for code in part[2:-1].split(";")]
        while codes:
            style = styled(style, codes.pop(0), codes)


def cells(y, column, style, text):
    """Words of a piece; blanks are left out, so that no reader's renderer folds them. Bars are drawn, not written."""
    for word in re.finditer(r"█+|░+|[^\s█░]+(?: [^\s█░]+)*", text):
        at = column + sum(map(width, text[: word.start()]))
        wide = sum(map(width, word.group())) * CELL
        x = MARGIN + at * CELL
        if word.group()[0] in "█░":
            ink = INK if word.group()[0] == "█" else "#33363e"
            yield f'<rect x="{x:.1f}" y="{y - 12}" width="{wide:.1f}" height="14" fill="{ink}"/>'
            continue
        ink = style.get("ink") or (FAINT if style.get("faint") else INK)
        weight = ' font-weight="bold"' if style.get("bold") else ""
        if style.get("reverse"):
            yield f'<rect x="{x:.1f}" y="{y - 13}" width="{wide:.1f}" height="{LINE}" fill="{ink}"/>'
            ink = GROUND
        yield (
            f'<text x="{x:.1f}" y="{y}" fill="{ink}"{weight} textLength="{wide:.1f}" '
            f'lengthAdjust="spacingAndGlyphs">{escape(word.group())}</text>'
        )


def main():
    lines = sys.stdin.read().rstrip("\n").split("\n")
    while lines and not re.sub(r"\x1b\[[0-9;]*m", "", lines[-1]).strip():
        lines.pop()
    columns = max(sum(map(width, re.sub(r"\x1b\[[0-9;]*m", "", line).rstrip())) for line in lines)
    wide, high = columns * CELL + 2 * MARGIN, len(lines) * LINE + 2 * MARGIN
    print(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {high}" font-size="{SIZE}" '
        f'font-family="DejaVu Sans Mono, Menlo, Consolas, Noto Sans Mono CJK SC, monospace">'
        f'<rect width="100%" height="100%" rx="6" fill="{GROUND}"/>'
    )
    for row, line in enumerate(lines):
        for column, style, text in runs(line):
            print("\n".join(cells(MARGIN + LINE * row + 13, column, style, text)))
    print("</svg>")


main()

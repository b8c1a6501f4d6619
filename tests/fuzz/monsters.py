"""Files that broke readers of YAML before: each by its name, with the code that answers it."""

from __future__ import annotations

FLOW = 'format: 1\nflow: x\ntitle: {{ru: "Раз", en: "One"}}\nsteps:\n  - id: a\n    say: {{ru: "{0}", en: "One"}}\n    go: end\n'
GOOD = FLOW.format("Раз")
_BOMB = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
)

MONSTERS: dict[str, tuple[bytes, str]] = {
    "BOM": (b"\xef\xbb\xbf" + GOOD.encode(), ""),
    "CRLF": (GOOD.replace("\n", "\r\n").encode(), ""),
    "old Mac": (GOOD.replace("\n", "\r").encode(), ""),
    "tab": (GOOD.replace("    go", "\tgo").encode(), "PZ105"),
    "cp1251": (GOOD.encode("cp1251"), "PZ109"),
    "UTF-16": (GOOD.encode("utf-16"), "PZ109"),
    "NUL": (GOOD.replace("Раз", "Р\x00аз").encode(), "PZ110"),
    "only NUL": (b"\x00" * 1000, "PZ110"),
    "escape": (GOOD.replace("Раз", "\x1b[31mРаз").encode(), "PZ110"),
    "10 MB": (b"a: b\n" * 2_097_152, "PZ107"),
    "just under the limit": (b"a: b\n" * 200_000, "PZ102"),
    "1 MB of list": (b"- x\n" * 260_000, "PZ252"),
    "1 MB of brackets": (b"[" * 1_000_000, "PZ108"),
    "1 MB of quotes": (b'"' * 999_999, "PZ1"),
    "1 MB of hashes": (b" #" * 500_000, "PZ206"),
    "1 MB of colons": (b"a: " * 340_000, "PZ112"),
    "1 MB of dashes": (b"- " * 500_000, "PZ1"),
    "1 MB of questions": (b"? " * 500_000, "PZ1"),
    "1 MB in one text": (FLOW.format("ы " + "a" * 900_000).encode(), "PZ221"),
    "1 MB of holes": (FLOW.format("${" * 300_000).encode(), "PZ2"),
    "1 MB of almost holes": (FLOW.format("{{a " * 200_000).encode(), "PZ2"),
    "1 MB of spaces": (FLOW.format("{" + " " * 900_000).encode(), "PZ221"),
    "1 MB of conflict": (b"<<<<<<< a\n" * 100_000, "PZ111"),
    "1 MB of tabs": (b"\t\n" * 500_000, "PZ105"),
    "10,000 levels of lists": (b"[" * 10_000 + b"]" * 10_000, "PZ108"),
    "10,000 levels of maps": (b"{a: " * 10_000 + b"}" * 10_000, "PZ108"),
    "10,000 levels of lines": ("".join(" " * n + "a:\n" for n in range(1_200)).encode(), "PZ108"),
    "10,000 levels of dashes": (b"- " * 10_000, "PZ1"),
    "alias bomb": (_BOMB.encode(), "PZ103"),
    "merge key": (b"a: {b: 1}\nc:\n  <<: {b: 2}\n", "PZ1"),
    "tag that runs code": (b"a: !!python/object/apply:os.system [ls]\n", "PZ104"),
    "look-alike letters": (FLOW.format("Пpивет").encode(), "PZ220"),
    "look-alike key": (GOOD.replace("title:", "titlе:").encode(), "PZ181"),
    "look-alike step": (GOOD.replace("id: a", "id: а").encode(), "PZ204"),
    "emoji": (FLOW.format("Раз 👩‍👩‍👧 🇷🇺 ❤️").encode(), ""),
    "emoji as a key": (GOOD.replace("title:", "🔥:").encode(), "PZ181"),
    "right to left": (FLOW.format("Раз \u202e три").encode(), "PZ123"),
    "zero width": (FLOW.format("Ра\u200bз").encode(), "PZ123"),
    "no-break space in the indent": (GOOD.replace("    say", "\u00a0\u00a0\u00a0\u00a0say").encode(), "PZ120"),
    "merge conflict": (GOOD.replace("steps:\n", "<<<<<<< a\nsteps:\n=======\nstepz:\n>>>>>>> b\n").encode(), "PZ111"),
    "three-way conflict": (
        GOOD.replace("steps:\n", "<<<<<<< a\nsteps:\n||||||| o\n=======\n>>>>>>> b\n").encode(),
        "PZ111",
    ),
    "another format": (GOOD.replace("format: 1", "format: 2").encode(), "PZ190"),
    "lone surrogate": (GOOD.replace("Раз", "\ud800").encode("utf-8", "surrogatepass"), "PZ109"),
    "JSON": (b'{"flow": "x", "steps": []}', "PZ206"),
    "nothing": (b"", "PZ206"),
    "a space": (b" ", "PZ206"),
    "a comment": (b"# nothing\n", "PZ206"),
    "a word": (b"word", "PZ121"),
    "a directive": (b"%YAML 1.1\n---\na: b\n", "PZ1"),
    "two documents": (GOOD.encode() + b"---\n" + GOOD.encode(), "PZ106"),
    "a bell in a key": (b"a\x07b: c\n", "PZ110"),
    "line separators": (FLOW.format("Раз\u2028два").encode(), "PZ110"),
}

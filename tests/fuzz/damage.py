"""A file of the demo desk, damaged as editors, merges and mail damage files."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.fuzz.targets import ROOT

SEEDS = [
    path.read_bytes()
    for name in ("flows/no_connection.yaml", "flows/_common.yaml", "config.yaml", "handoff/hours.yaml",
                 "handoff/sla.yaml", "nlu/ru/account.yml", "tests/dialogues/no_connection.yaml", "flows/to_operator.yaml")
    for path in [ROOT / name]
]  # fmt: skip
SPLINTERS = [
    b"\xef\xbb\xbf", b"\r", b"\r\n", b"\t", b"\x00", b"\xcf", b"\xed\xa0\x80", b"&a ", b"*a", b"!x ", b"!!", b"%", b"@", b"`",
    b"? ", b"- ", b": ", b" #", b"#", b"{", b"}", b"[", b"]", b"'", b'"', b"|", b">", b"|2", b">-", b"---\n", b"...\n", b"<<: ",
    b"<<<<<<< a\n", b"=======\n", b">>>>>>> b\n", "\u202e".encode(), "\u200b".encode(), "\u00a0".encode(), "\u2028".encode(),
    "е".encode(), "👩‍👧".encode(), b"${", b"}", b"${a.b|c|d}", b"\\", b"\\x", b"~", b"null", b"\n", b"\n\n", b"  ", b"    ", b"0x1F",
    b"id: ", b"go: ", b"flow: ", b"when:", b"if: ", b"menu: ", b"options:", b"[[[[", b"]]]]", b"{{{{", b"}}}}", b"9" * 400, b"a" * 500,
]  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Some damage, in a few places."""
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, len(data)))
        end = min(len(data), at + draw(st.integers(0, 60)))
        match draw(st.integers(0, 4)):
            case 0:
                data[at:at] = draw(st.sampled_from(SPLINTERS))
            case 1:
                del data[at:end]
            case 2:
                data[at:end] = draw(st.sampled_from(SPLINTERS))
            case 3:
                data[at:at] = data[at:end] * draw(st.integers(1, 5))
            case _:
                data[at:end] = draw(st.binary(max_size=20))
    return bytes(data)


def loose() -> st.SearchStrategy[bytes]:
    """Signs of YAML in any order."""
    signs = st.sampled_from([*SPLINTERS, b"a", b"b: c", b"- d", b"ru: \xd0\xb0", b"\n"])
    return st.lists(signs, max_size=60).map(b"".join)

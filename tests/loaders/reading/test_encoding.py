"""How a text is written is found by its bytes, wherever the blocks end; faults are told by their place."""

import codecs
import hashlib
from io import BytesIO

import pytest

from loaders.errors import FileError
from loaders.reading import faults
from loaders.reading.encoding import blocks, chunks, detect, digest_of, texts
from loaders.reading.limits import Limits
from loaders.reading.package import Part

WORDS = "räksmörgås på Ö – 大 𝄞"


def part(data: bytes) -> Part:
    return Part("x", lambda: BytesIO(data))


@pytest.mark.parametrize("block", [1, 2, 3, 4, 5, 7, 64])
@pytest.mark.parametrize(
    ("data", "name", "codec", "bom"),
    [
        (b"plain", "UTF-8", "utf-8", 0),
        (b"", "UTF-8", "utf-8", 0),
        (WORDS.encode(), "UTF-8", "utf-8", 0),
        (WORDS.encode() + b"\xe5\xe4", "UTF-8", "utf-8", 0),
        (b"\xc3\xa5 \xe5", "UTF-8", "utf-8", 0),  # as many good as bad
        (b"\xc3\xa5 \xe5\xe4", "cp1252", "cp1252", 0),
        ("på ö".encode("cp1252"), "cp1252", "cp1252", 0),
        (codecs.BOM_UTF8 + b"a\xe5\xe4\xf6", "UTF-8 with a byte order mark", "utf-8", 3),
        (codecs.BOM_UTF16_LE + "å".encode("utf-16-le"), "UTF-16 with a byte order mark", "utf-16-le", 2),
        (codecs.BOM_UTF16_BE + "å".encode("utf-16-be"), "UTF-16 with a byte order mark", "utf-16-be", 2),
    ],
)
def test_the_encoding_is_found_by_the_bytes(data: bytes, name: str, codec: str, bom: int, block: int) -> None:
    found = detect(part(data), Limits(block=block))
    assert (found.name, found.codec, found.bom) == (name, codec, bom)
    assert found.sha256 == digest_of(part(data), Limits(block=block)) == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("block", [1, 2, 3, 4, 5, 7, 64])
@pytest.mark.parametrize(
    ("data", "text"),
    [
        (WORDS.encode(), WORDS),
        (codecs.BOM_UTF8 + WORDS.encode(), WORDS),
        (codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"), WORDS),
        (codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), WORDS),
        ("på ö".encode("cp1252"), "på ö"),
        ("åäö".encode() + b"\xe5", "åäö\udce5"),
        (codecs.BOM_UTF16_LE + "a\ud800".encode("utf-16-le", "surrogatepass"), "a\udced\udca0\udc80"),
    ],
)
def test_the_text_is_the_same_wherever_the_blocks_end(data: bytes, text: str, block: int) -> None:
    limits = Limits(block=block)
    found = detect(part(data), limits)
    assert "".join(texts(part(data), found, limits)) == text
    assert "".join(blocks(part(data), found, limits)) == text


def test_blocks_end_with_their_lines() -> None:
    data = b"one\ntwo\nthree\nfour"
    found = detect(part(data), Limits())
    assert list(blocks(part(data), found, Limits(block=6))) == ["one\n", "two\n", "three\n", "four"]
    assert list(blocks(part(data + b"\n"), found, Limits(block=7))) == ["one\n", "two\nthree\n", "four\n"]


def test_a_line_without_end_is_not_held() -> None:
    limits = Limits(block=10, record_chars=9)
    data = b"x" * 1000 + b"\ny\n"
    held = "".join(blocks(part(data), detect(part(data), limits), limits))
    assert held == "x" * 50 + "\ny\n"  # beyond 4 * (9 + 1), and 5 blocks of 10


def test_half_a_character_of_utf_16_is_refused() -> None:
    data = codecs.BOM_UTF16_LE + b"a\0b"
    found = detect(part(data), Limits())
    with pytest.raises(FileError, match=r"^x: is not UTF-16 with a byte order mark: truncated data\.$"):
        list(chunks(part(data), found, Limits()))


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("å\tb\r\n", None),
        ("a\x08", "control character U+0008 at position 2 is refused"),
        ("\x7f", "control character U+007F at position 1 is refused"),
        ("ab\x9f", "control character U+009F at position 3 is refused"),
        ("a\udc80", "byte 0x80 at position 2 is not UTF-8"),
        ("\udcff", "byte 0xFF at position 1 is not UTF-8"),
        ("\ud800", "half a character (U+D800) stands at position 1"),
        ("\udc7f", "half a character (U+DC7F) stands at position 1"),
        ("\udd00", "half a character (U+DD00) stands at position 1"),
        ("\udfff", "half a character (U+DFFF) stands at position 1"),
    ],
)
def test_what_is_foreign_is_told(value: str, told: str | None) -> None:
    assert faults.fault(value, "UTF-8") == told
    assert faults.sound(value) == (told is None)


def test_sound_is_what_needs_no_closer_look() -> None:
    assert faults.sound("a\t\r\n") and faults.sound("åäö\u2028")
    assert not any(faults.sound(each) for each in ("\0", "\x0b", "\x1f", "\x7f", "A\u030a", "å\0"))


def test_a_value_is_brought_into_one_form() -> None:
    assert faults.tidy("\u00a0 A\u030a b \t") == "Å b"
    assert faults.tidy(" a ") == "a"


def test_a_report_shows_what_cannot_be_printed_and_not_too_much() -> None:
    assert faults.shown("a\x01b\udce5\ud800\r\n") == "a\\x01b\\xe5\\xd800"
    assert faults.shown("abc", 3) == "abc"
    assert faults.shown("abcd", 3) == "abc…"
    assert faults.shown("x" * 500) == "x" * 500
    assert faults.shown("x" * 501) == "x" * 500 + "…"

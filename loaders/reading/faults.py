"""Tell what is wrong with the characters of a value, and bring sound text into one form."""

import re
from unicodedata import is_normalized, normalize

# Control characters but tab, line feed and carriage return; half characters; spoilt bytes among these.
FOREIGN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_CONTROLS = bytes(code for code in (*range(32), 127) if code not in (9, 10, 13))


def sound(block: str) -> bool:
    """Tell quickly that a long text holds no foreign character and is in NFC; False means: look closer."""
    if block.isascii():
        data = block.encode("ascii")
        return len(data.translate(None, _CONTROLS)) == len(data)
    return FOREIGN.search(block) is None and is_normalized("NFC", block)


def tidy(value: str) -> str:
    """Return a value in NFC without the blanks around it, non-breaking ones included."""
    value = value.strip()
    return value if value.isascii() else normalize("NFC", value)


def fault(value: str, encoding: str) -> str | None:
    """Return what is foreign in a value as half a sentence, or None."""
    if (found := FOREIGN.search(value)) is None:
        return None
    char, place = found.group(), found.start() + 1
    if "\udc80" <= char <= "\udcff":
        return f"byte 0x{ord(char) - 0xDC00:02X} at position {place} is not {encoding}"
    if "\ud800" <= char <= "\udfff":
        return f"half a character (U+{ord(char):04X}) stands at position {place}"
    return f"control character U+{ord(char):04X} at position {place} is refused"


def shown(text: str, most: int = 500) -> str:
    """Return text fit for a report: spoilt bytes and controls escaped, and cut when long."""
    whole = FOREIGN.sub(_escaped, text[: most + 1].rstrip("\r\n"))
    return whole if len(text) <= most else whole[:most] + "…"


def _escaped(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\x{code - 0xDC00 if 0xDC80 <= code <= 0xDCFF else code:02x}"

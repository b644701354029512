"""Names of companies in the form in which they are compared: of leads, of who paid."""

import re
import unicodedata
from typing import Final

_PLACE: Final = re.compile(r"\((?:中国|china)\)")
_APART: Final = re.compile(r"[^\w]+|_+")
_LEGAL_WORDS: Final = frozenset(
    [
        "ag",
        "bv",
        "co",
        "company",
        "corp",
        "corporation",
        "gmbh",
        "inc",
        "incorporated",
        "kg",
        "limited",
        "llc",
        "llp",
        "ltd",
        "nv",
        "oy",
        "plc",
        "pte",
        "sa",
        "sarl",
        "srl",
    ]
)
_LEGAL_ENDINGS: Final = ("有限责任公司", "股份有限公司", "有限公司", "股份公司", "公司")


def company_key(company: str, /) -> str:
    """Return a company's name as it is compared: narrow, lower case, without spaces, punctuation, (中国) and legal form.

    A name that consists of nothing else keeps its words; one without letters and digits is an empty key.

    >>> company_key("华东机械（中国）有限责任公司"), company_key("Acme Tools Co., Ltd."), company_key("有限公司")
    ('华东机械', 'acmetools', '有限公司')
    """
    plain = _PLACE.sub("", unicodedata.normalize("NFKC", company).casefold())
    words = _APART.sub(" ", plain.replace(".", "")).split()
    while len(words) > 1 and words[-1] in _LEGAL_WORDS:
        words.pop()
    joined = "".join(words)
    ending = next((ending for ending in _LEGAL_ENDINGS if joined.endswith(ending)), "")
    return joined.removesuffix(ending) or joined

"""A company's name as short as it can be told apart, for the narrow head of the navigation."""

from __future__ import annotations

import re

_ASIDE = re.compile(r"（[^（）]*）|\([^()]*\)")
_FORM = re.compile(r"(集团|控股)?(股份)?(有限责任公司|有限公司|有限合伙|公司|合伙企业|厂)$")
_PLACE = re.compile(r"^(中国|广东省|广东)?(珠海横琴|珠海市|珠海|横琴|广州市|广州|深圳市|深圳)?(市|新区)?")
_SHORTEST = 2


def short_name(name: str) -> str:
    """Without asides, legal form and place; the whole name where too little would be left."""
    bare = _FORM.sub("", _ASIDE.sub("", name).strip())
    short = _PLACE.sub("", bare)
    if len(short) >= _SHORTEST:
        return short
    return bare if len(bare) >= _SHORTEST else name

"""Words of a plan that say how nice something shall be and not how much."""

from __future__ import annotations

import re

VAGUE = re.compile(
    r"尽量|尽可能|尽快|大幅|明显|显著|进一步|较好|良好|优质|高质量|有效提升|不断|适当|合理|若干|一些|"
    r"加强|做好|做到位|搞好|提升效果|效果好|效果不错|达到预期|符合预期|按时|及时|顺利|力争"
)
# What says how much.
HOW_MUCH = re.compile(r"\d|[一二三四五六七八九十百千万]+(?:篇|场|条|次|个|天|人|小时|分钟)")

"""Filters and tags: what they write."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.template import Context, Template

from yunce.engines.metrics import catalogue
from yunce.kit.months import Month


def rendered(source: str, **context: object) -> str:
    return Template(source).render(Context(context)).strip()


@pytest.mark.parametrize(
    ("source", "value", "written"),
    [
        ("{{ v|unit:'count' }}", Decimal(12000), "12,000"),
        ("{{ v|unit:'percent' }}", Decimal("0.0141"), "1.41%"),
        ("{{ v|unit:'count' }}", None, "—"),
        ("{{ v|prose }}", Decimal(15000), "1.5万"),
        ("{{ v|signed:'count' }}", Decimal(-600), "−600"),
        ("{{ v|signed:'percent' }}", Decimal("0.04"), "+4 百分点"),
        ("{{ v|signed:'count' }}", None, "—"),
        ("{{ v|month_label }}", Month(2025, 5), "2025 年 5 月"),
        ("{{ v|short_day }}", date(2025, 5, 20), "5/20"),
        ("{{ v|weekday }}", date(2025, 5, 20), "周二"),
    ],
)
def test_filters_write_what_the_design_says(source: str, value: object, written: str) -> None:
    assert rendered(source, v=value) == written


@pytest.mark.parametrize(
    ("value", "word"),
    [("behind", "落后"), ("beyond", "超预期"), ("locked", "已定稿"), ("doing", "进行中")],
)
def test_a_status_shows_its_word_beside_its_icon(value: str, word: str) -> None:
    chip = rendered("{% status v %}", v=value)
    assert word in chip
    assert 'class="ti ti-' in chip


def test_a_dimension_mark_names_its_dimension_for_those_who_do_not_see_it() -> None:
    mark = rendered("{% dimension_mark 'user' %}")
    assert 'class="dm d-growth"' in mark
    assert '<span class="vh">用户增长</span>' in mark


def test_a_platform_mark_has_the_platforms_name() -> None:
    mark = rendered("{% platform_mark 'xiaohongshu' %}")
    assert 'class="pm c-xhs"' in mark
    assert 'aria-label="小红书"' in mark
    assert ">红</span>" in mark


def test_an_unknown_platform_still_has_a_mark() -> None:
    assert ">?</span>" in rendered("{% platform_mark 'myspace' %}")


def test_an_avatar_is_the_first_character() -> None:
    assert ">文</span>" in rendered("{% avatar '文案专员' %}")


def test_an_address_that_does_not_exist_is_empty() -> None:
    assert rendered("[{% tolerant_url 'nowhere:page' %}]") == "[]"


BULLET = (
    "{% bullet name='新增粉丝' unit='count' must=must actual=actual stretch=stretch"
    " expected=expected %}"
)


def test_a_bullet_says_its_numbers_in_words() -> None:
    drawn = rendered(BULLET, must=12000, actual=6900, stretch=13000, expected=7500)
    assert 'aria-label="新增粉丝：实际 6,900，必达 12,000，挑战 13,000，今日应到 7,500"' in drawn


def test_a_bullet_without_numbers_draws_no_bar() -> None:
    drawn = rendered(BULLET, must=12000, actual=None, stretch=None, expected=None)
    assert "bl-act" not in drawn
    assert "bl-exp" not in drawn
    assert "实际 —" in drawn


def test_equal_targets_share_one_label() -> None:
    drawn = rendered(BULLET, must=20, actual=1, stretch=20, expected=None)
    assert "必达与挑战 20" in drawn
    assert "bl-st" not in drawn


def test_a_progress_bar_stays_inside_its_frame() -> None:
    assert 'width="100.0%"' in rendered("{% progress v %}", v=Decimal("1.25"))
    assert 'width="68.0%"' in rendered("{% progress v %}", v=Decimal("0.68"))
    assert 'width="0.0%"' in rendered("{% progress v %}", v=None)


def test_a_number_opens_to_the_rows_of_its_days_and_account() -> None:
    tag = "{% rows_link 'content' 'reads' '12,000' start=d end=d account=3 css='big' %}"
    written = rendered(tag, d=date(2025, 5, 20))
    query = "?from=2025-05-20&amp;to=2025-05-20&amp;account=3"
    assert f'class="opens big" href="/t/content/metrics/reads/rows/{query}"' in written
    assert "，看明细" in written


def test_a_whole_month_and_a_post_can_be_opened() -> None:
    assert "?from=2025-02-01&amp;to=2025-02-28" in rendered(
        "{% rows_link 'content' 'reads' '8' month='2025-02' %}"
    )
    assert "/rows/?post=7" in rendered("{% rows_link 'content' 'post_views' '8' post=7 %}")


def test_a_missing_number_has_nothing_to_open() -> None:
    assert rendered("{% rows_link 'content' 'reads' v|unit:'count' %}", v=None) == "—"


def test_a_metrics_name_opens_to_its_definition() -> None:
    written = rendered("{% metric_link 'content' m '阅读' %}", m=catalogue()["reads"])
    assert 'href="/t/content/metrics/reads/" title="看口径：' in written
    assert ">阅读</a>" in written

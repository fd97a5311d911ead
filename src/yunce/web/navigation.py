"""The month's loop as a menu: which pages there are, in which stage, and who may open them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yunce.kit.months import Month

Place = Literal["top", "plan", "work", "watch", "review", "foot"]


@dataclass(frozen=True)
class Page:
    """A page the frame may link to; it is left out until its address exists."""

    url_name: str
    label: str | Promise
    icon: str  # a Tabler icon's class
    place: Place
    capability: str  # of ground.teams.rules.Capability, by value
    short: str | Promise = ""  # word on the phone's tab bar; empty = not on it
    key: str = ""  # G, then this letter, goes there
    below: tuple[str, ...] = ()  # views under this page, where an app has several pages


PAGES = (
    Page(
        "dashboards:month",
        _("本月"),
        "ti-layout-dashboard",
        "top",
        "see_all",
        _("本月"),
        "m",
        below=("dashboards:goal",),
    ),
    Page("plans:today", _("今日"), "ti-sun", "top", "see_all", _("今日"), "t"),
    Page(
        "plans:plan",
        _("月度计划"),
        "ti-clipboard-list",
        "plan",
        "see_plan",
        _("计划"),
        "p",
        below=(
            "plans:new-goal",
            "plans:proposals",
            "plans:goal-cell",
            "plans:new-task",
            "plans:submit",
            "plans:changes",
            "plans:versions",
            "plans:addresses",
            "plans:subscribe",
            "plans:share",
            "plans:renew-share",
            "plans:ask-goal-off",
            "plans:ask-task-off",
            "plans:direction",
            "plans:goal-cell",
            "plans:task-cell",
            "plans:goal-menu",
            "plans:task-menu",
            "plans:new-goal",
            "plans:new-task",
            "plans:paste",
            "plans:read-file",
            "plans:take-in",
        ),
    ),
    Page(
        "goals:targets",
        _("目标与拆解"),
        "ti-binary-tree",
        "plan",
        "see_plan",
        below=("goals:new-part", "goals:part", "goals:history"),
    ),
    Page("plans:contributions", _("任务怎样帮到指标"), "ti-arrows-join", "plan", "see_all"),
    Page(
        "plans:objectives",
        _("目标树"),
        "ti-hierarchy",
        "plan",
        "see_plan",
        below=("plans:new-objective", "plans:objective"),
    ),
    Page("calendars:month", _("日历"), "ti-calendar", "plan", "see_plan"),
    Page(
        "plans:tasks",
        _("任务"),
        "ti-checkbox",
        "work",
        "see_all",
        key="l",
        below=(
            "plans:board",
            "plans:task",
            "plans:gantt",
            "plans:days",
            "plans:workload",
            "plans:onward",
        ),
    ),
    Page("imports:list", _("数据导入"), "ti-database-import", "watch", "see_all", _("数据"), "i"),
    Page(
        "imports:grid",
        _("手工填数"),
        "ti-table",
        "watch",
        "record",
        below=("imports:post-grid",),
    ),
    Page("facts:posts", _("作品"), "ti-photo-video", "watch", "see_all", below=("facts:post",)),
    Page("dashboards:content", _("内容对比"), "ti-chart-dots", "watch", "see_all"),
    Page(
        "facts:coverage",
        _("数据覆盖"),
        "ti-calendar-stats",
        "watch",
        "see_all",
        below=("facts:restatements",),
    ),
    Page(
        "facts:metrics",
        _("指标口径"),
        "ti-ruler-measure",
        "watch",
        "see_all",
        below=("facts:metric", "facts:rows", "facts:new-metric", "facts:change-metric"),
    ),
    Page(
        "reviews:review", _("月度复盘"), "ti-report-analytics", "review", "see_all", _("复盘"), "r"
    ),
    Page("dashboards:effects", _("有没有用"), "ti-test-pipe", "review", "see_all"),
    Page("dashboards:forecasts", _("预测准不准"), "ti-target-arrow", "review", "see_all"),
    Page("channels:accounts", _("平台账号"), "ti-broadcast", "foot", "see_all"),
    Page("teams:people", _("成员"), "ti-users", "foot", "see_all"),
    Page("teams:settings", _("设置"), "ti-settings", "foot", "manage"),
)
STAGES: tuple[tuple[Place, str | Promise], ...] = (
    ("plan", _("计划")),
    ("work", _("执行")),
    ("watch", _("监测")),
    ("review", _("复盘")),
)


@dataclass(frozen=True)
class Item:
    """A link of the menu."""

    page: Page
    address: str
    is_current: bool

    @property
    def label(self) -> str:
        return str(self.page.label)

    @property
    def short(self) -> str:
        return str(self.page.short)

    @property
    def icon(self) -> str:
        return self.page.icon


def address_of(url_name: str, *, slug: str, month: Month) -> str:
    """The page's address with whatever it needs of team and month; empty when there is none."""
    for kwargs in ({"slug": slug, "month": month}, {"slug": slug}, {}):
        try:
            return reverse(url_name, kwargs=kwargs)
        except NoReverseMatch:
            continue
    return ""


def menu(*, slug: str, month: Month, may: Callable[[str], bool], current: str) -> tuple[Item, ...]:
    """Every page this person may open, in order; ``current`` is the view's name."""
    allowed = (page for page in PAGES if may(page.capability))
    found = ((page, address_of(page.url_name, slug=slug, month=month)) for page in allowed)
    here = _page_of(current)
    return tuple(Item(page, where, page == here) for page, where in found if where)


def _page_of(view_name: str) -> Page | None:
    """The page itself, or the one its sub-pages (a preview, a form) belong to."""
    exact = next((page for page in PAGES if view_name in (page.url_name, *page.below)), None)
    app = view_name.partition(":")[0]
    if exact or app == "teams":  # personal settings belong to no page of the team
        return exact
    return next((page for page in PAGES if page.url_name.startswith(f"{app}:")), None)


def at(items: Iterable[Item], place: Place) -> tuple[Item, ...]:
    return tuple(item for item in items if item.page.place == place)

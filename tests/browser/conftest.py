"""A real Chromium against the real pages, served in this process."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from yunce.config.demo import load_demo
from yunce.ground.teams.models import Team, User

# Playwright's sync API keeps an event loop in this thread; the ORM calls of a test are still sync.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
SHOTS = Path(__file__).parents[2] / "test-results"

Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("YUNCE_CHROMIUM") or None, args=ARGUMENTS
        )
        yield browser
        browser.close()


@pytest.fixture
def demo(transactional_db: None) -> Team:
    """The demo month, owned by a user named owner."""
    owner = User.objects.create_user(username="owner", name="管理员", is_superuser=True)
    team, _made = load_demo(owner=owner)
    return team


@pytest.fixture
def complaints() -> list[str]:
    """What the browser's console and the network complained of during the test."""
    return []


@pytest.fixture
def visit(chromium: Browser, live_server: LiveServer, complaints: list[str]) -> Iterator[Visit]:
    """`visit(user, "/path/")` opens a page as that user; `theme`, `size`, `touch` may be chosen."""
    contexts: list[BrowserContext] = []

    def hear(said: ConsoleMessage) -> None:
        if said.type == "error":
            complaints.append(said.text)

    def open_page(
        user: User | None,
        path: str,
        *,
        theme: str = "light",
        size: dict[str, int] | None = None,
        touch: bool = False,
    ) -> Page:
        context = chromium.new_context(
            viewport=size or DESKTOP,  # type: ignore[arg-type]
            color_scheme="dark" if theme == "dark" else "light",
            locale="zh-CN",
            has_touch=touch,
            accept_downloads=True,
        )
        contexts.append(context)
        if user is not None:
            context.add_cookies([_session_cookie(user, live_server.url)])  # type: ignore[list-item]
        page = context.new_page()
        page.set_default_timeout(30_000)  # a busy machine is not a wrong page
        page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
        page.on("console", hear)
        page.goto(live_server.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def _session_cookie(user: User, url: str) -> dict[str, str]:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}


@pytest.fixture
def shoot() -> Callable[[Page, str], Path]:
    """Keep a screenshot for people to look at (git-ignored), when `YUNCE_SHOTS` is set."""

    def shot(page: Page, name: str) -> Path:
        path = SHOTS / f"{name}.png"
        if os.environ.get("YUNCE_SHOTS"):
            SHOTS.mkdir(exist_ok=True)
            page.screenshot(path=path, full_page=True)
        return path

    return shot

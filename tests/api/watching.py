"""A page in a browser, and what goes wrong in it: what it complains of, and whom else it asks."""

from playwright.sync_api import BrowserContext, Page

_STALLED = "GPU stall due to ReadPixels"  # of the software that stands in for a graphics card


def watched(context: BrowserContext, address: str) -> tuple[Page, list[str]]:
    """Return a new page and the list of what goes wrong in it."""
    page, wrong = context.new_page(), list[str]()
    page.on(
        "console",
        lambda message: (
            wrong.append(message.text)
            if message.type in ("error", "warning") and _STALLED not in message.text
            else None
        ),
    )
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "request",
        lambda asked: wrong.append(asked.url) if not asked.url.startswith((address, "data:")) else None,
    )
    return page, wrong

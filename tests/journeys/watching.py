"""What a browser complains about while somebody works: its console, errors of scripts, requests that fail."""


class Watch:
    """Attached to a page before its first request; `problems` says where each came up."""

    def __init__(self, page):
        self.page = page
        self.problems = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._note("script", error))
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)

    def _note(self, kind, what):
        self.problems.append(f"{self.page.url}: {kind}: {str(what)[:300]}")

    def _console(self, message):
        if message.type == "error":
            self._note("console", message.text)

    def _failed(self, request):
        """A request that was given up because its page was left is none."""
        if request.failure != "net::ERR_ABORTED":
            self._note("failed", f"{request.url} {request.failure}")

    def _answered(self, response):
        if response.status >= 400:
            self._note(response.status, response.url)
        elif not response.url.startswith(("http://localhost:", "http://127.0.0.1:", "blob:", "data:")):
            self._note("foreign", response.url)

"""Idle logout (Article 20): a desk left alone must not stay logged in."""

import time

from django.conf import settings
from django.contrib.auth import logout

LAST_SEEN = "last_seen"
WRITE_EVERY_SECONDS = 60
# Requests that an open editor makes by itself prove nobody's presence.
UNATTENDED = ("/editing-sessions/", "/localize/jsi18n/")


class IdleLogoutMiddleware:
    """Ends a session after SESSION_IDLE_MINUTES without a request made by a person.

    Django's own sliding session would be kept alive for ever by Wagtail's editing-session
    pings, and writes a row on every request; this writes at most once a minute.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            self.check(request)
        return self.get_response(request)

    def check(self, request) -> None:
        now = int(time.time())
        seen = request.session.get(LAST_SEEN, now)
        if now - seen > settings.SESSION_IDLE_MINUTES * 60:
            logout(request)
            return
        if any(part in request.path for part in UNATTENDED):
            return
        if LAST_SEEN not in request.session or now - seen > WRITE_EVERY_SECONDS:
            request.session[LAST_SEEN] = now

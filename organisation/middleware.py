from django.shortcuts import redirect

# What a person with a one-time password may still open.
ALLOWED = frozenset(
    {
        "organisation_change_password",
        "wagtailadmin_logout",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_sprite",
    }
)


class ChangePasswordMiddleware:
    """A password given out by the desk serves once: until he has chosen his own, a person sees only
    that page.

    Article 20: 妥善保管分配的管理密码, 要做到专人专用 — a password two people know is nobody's.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        user = getattr(request, "user", None)
        if user is None or not user.is_authenticated or not user.must_change_password:
            return None
        if request.resolver_match.view_name in ALLOWED:
            return None
        return redirect("organisation_change_password")


class ReadingMiddleware:
    """While a page is only read, a person's authority is asked once: menus, counters and rows all want it.

    What is written is judged anew (``organisation.authority``): the memo exists for GET and HEAD, and after
    anything else from when its view is done and only the answer is drawn.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method in {"GET", "HEAD"} and request.user.is_authenticated:
            request.user.reading_memo = {}
        return self.get_response(request)

    def process_template_response(self, request, response):
        if request.user.is_authenticated and getattr(request.user, "reading_memo", None) is None:
            request.user.reading_memo = {}
        return response

from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET


@never_cache
@require_GET
def present(request):
    """Whether the portal listens and still knows this person; asked before words are sent (static/desk/keep.js).

    The token is of the log-in of this minute: who logged in again in another window may send what he typed before.
    """
    return JsonResponse({"token": get_token(request)})

"""What readers hand in on the portal, by the public process, and what its handlers see of it."""

import re

from django.test import Client

from tests.regulation import public_side


def ask(path, data=None, **more):
    """(response, page) as the role of the public process answers."""
    with public_side.public_role():
        call = public_side.client().get if data is None else public_side.client().post
        response = call(path, data or {}, HTTP_HOST="public.test", **more)
        return response, response.content.decode()


def numbers(html):
    """Number and code on a receipt."""
    return re.search(r"<dd>(X?\d{4}-\d{6})</dd>", html)[1], re.search(r'letter__code">([A-Z0-9-]+)<', html)[1]


def browser(user):
    client = Client()
    client.force_login(user)
    return client

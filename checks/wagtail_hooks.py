from wagtail import hooks

from checks.viewsets import ChecksGroup


@hooks.register("register_admin_viewset")
def register_checks():
    return ChecksGroup()

"""Receivers that keep the group projection in step with appointments and accounts."""

from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_save
from django.dispatch import receiver

from organisation.groups import refresh_groups
from organisation.models import Appointment, User


@receiver(post_save, sender=Appointment, dispatch_uid="organisation.appointment_groups")
def refresh_after_appointment(sender, instance, raw=False, **kwargs):
    if not raw:
        refresh_groups(instance.person)


@receiver(post_save, sender=User, dispatch_uid="organisation.account_groups")
def refresh_after_closing_an_account(sender, instance, created, raw=False, **kwargs):
    if not raw and not created and not instance.is_active:
        refresh_groups(instance)


@receiver(user_logged_in, dispatch_uid="organisation.login_groups")
def refresh_at_login(sender, user, **kwargs):
    refresh_groups(user)

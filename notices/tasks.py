"""Background work of this app: in the worker's process, or on the queue of TASK_BACKEND=database."""

from django_tasks import task

from notices import mail


@task()
def send_mail(person_id):
    return mail.send(person_id)

"""`manage.py sync_portal`, part "routes": the route table written where others read it, idempotently.

- `publication.RouteDefinition`: what the database triggers compare frozen steps with (owner-written);
- Wagtail's `Task`, `Workflow`, `WorkflowTask` rows: what Wagtail's own screens show, one task per role.

Another app may provide the model of a task (secrecy: SecrecyReviewTask) through `task_models`.
"""

from django.apps import apps
from wagtail.models import Task, Workflow, WorkflowTask

from organisation.sync import register
from review import routes

# Task code → model label; what is not named is a review.RoleTask. Filled by higher apps in ready().
task_models: dict[str, str] = {}

DEFAULT_MODEL = "review.RoleTask"


def model_of(code):
    return apps.get_model(task_models.get(code, DEFAULT_MODEL))


def task_for_code(code):
    return model_of(code).objects.filter(code=code).first()


@register("routes", order=40)
def sync_routes():
    yield from _definitions()
    tasks = {}
    for code, name in routes.TASKS.items():
        tasks[code], line = _task(code, name)
        if line:
            yield line
    for route in routes.ROUTES:
        yield from _workflow(route, tasks)
    yield from _retired()
    yield from _without_stock()


def _without_stock():
    """Wagtail's migrations bring a "Moderators approval" on the root page; it is no route of the regulation."""
    stock = Workflow.objects.filter(route__isnull=True, workflow_states__isnull=True)
    for workflow in stock:
        tasks = list(workflow.tasks)
        workflow.delete()
        for task in tasks:
            if not hasattr(task.specific, "code") and not task.task_states.exists():
                task.delete()
        yield f"stock workflow removed: {workflow.name}"


def _definitions():
    """Definitions are versioned and append-only: a changed table needs a new VERSION (Article 24)."""
    from publication.models import RouteDefinition

    for route in routes.ROUTES:
        for position, step in enumerate(route.steps, start=1):
            wanted = {
                "opinion": step.opinion,
                "task": step.task,
                "posts": list(step.posts),
                "whose": step.whose,
                "clause": step.clause,
            }
            row, made = RouteDefinition.objects.get_or_create(
                route=route.code,
                variant=route.variant,
                version=routes.VERSION,
                position=position,
                defaults=wanted,
            )
            if made:
                yield f"route {route.code}/{route.variant or '-'} step {position}: {step.task}"
            elif any(getattr(row, name) != value for name, value in wanted.items()):
                raise RuntimeError(f"Route {route.key} changed; raise review.routes.VERSION instead.")


def _retired():
    """Items under way keep the workflow of their version; its name tells it from today's."""
    from review.models import RouteWorkflow

    for link in RouteWorkflow.objects.exclude(version=routes.VERSION).select_related("workflow"):
        name = f"{workflow_name(routes.get(link.route, link.variant))}（第{link.version}版）"
        if link.workflow.active or link.workflow.name != name:
            Workflow.objects.filter(pk=link.workflow_id).update(active=False, name=name)
            yield f"workflow retired: {name}"


def _task(code, name):
    model = model_of(code)
    task, made = model.objects.get_or_create(code=code, defaults={"name": name})
    if made:
        return task, f"task {code}: {name}"
    if (task.name, task.active) != (name, True):
        Task.objects.filter(pk=task.pk).update(name=name, active=True)
        return task, f"task {code} restored: {name}"
    return task, None


def workflow_name(route):
    own = "（本单位发布）" if route.variant else ""
    return f"{route.label}{own}"


def _workflow(route, tasks):
    from review.models import RouteWorkflow

    link = RouteWorkflow.objects.filter(
        route=route.code, variant=route.variant, version=routes.VERSION
    ).first()
    if link is None:
        workflow = Workflow.objects.create(name=workflow_name(route))
        RouteWorkflow.objects.create(
            route=route.code, variant=route.variant, version=routes.VERSION, workflow=workflow
        )
        yield f"workflow {workflow.name}"
    else:
        workflow = link.workflow
    wanted = [tasks[step.task].pk for step in route.steps]
    present = WorkflowTask.objects.filter(workflow=workflow).order_by("sort_order")
    if list(present.values_list("task_id", flat=True)) != wanted:
        present.delete()
        WorkflowTask.objects.bulk_create(
            WorkflowTask(workflow=workflow, task_id=pk, sort_order=order) for order, pk in enumerate(wanted)
        )
        yield f"workflow {workflow.name}: {len(wanted)} steps"
    if not workflow.active or workflow.name != workflow_name(route):
        Workflow.objects.filter(pk=workflow.pk).update(active=True, name=workflow_name(route))
        yield f"workflow {workflow_name(route)} restored"

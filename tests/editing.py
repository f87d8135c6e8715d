"""What tests of the editor post and read."""

from wagtail.test.utils.form_data import nested_form_data, streamfield


def form_data(**fields):
    """What the editor posts for an item."""
    comments = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 0}
    return nested_form_data(
        {
            "summary": "",
            "body": streamfield([]),
            "attachments": streamfield([]),
            "relations": streamfield([]),
            "comments": comments,
            **fields,
        }
    )


def text_of(response):
    return response.content.decode()

"""Two kinds of notice more: what was taken down waits for a decision, or is late. No column changes."""

from django.db import migrations, models

KINDS = [
    ("waiting", "Waits for you"),
    ("returned", "Sent back"),
    ("approved", "Approved"),
    ("published", "Published"),
    ("taken_down", "Taken offline"),
    ("held", "On hold"),
    ("rerouted", "Moved to another route"),
    ("settled", "Settled without publication"),
    ("quarantined", "Sealed away"),
    ("comment", "New comment"),
    ("reminder", "Due soon"),
    ("overdue", "Overdue"),
    ("egov", "Overdue, told to the e-government office"),
    ("gov", "Overdue, told to the government office"),
    ("decide", "Taken offline, to be decided soon"),
    ("undecided", "Taken offline, decision overdue"),
]


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=12, verbose_name="kind"),
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("wagtailcore", "0098_apitoken"),
        ("home", "0008_table_labels"),
    ]

    operations = [
        migrations.AddField(
            model_name="columnpage",
            name="stands_below",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                help_text="Empty: stays where it is. The column moves when the government office has decided it.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="wagtailcore.page",
                verbose_name="move below",
            ),
        ),
        migrations.AddField(
            model_name="policypage",
            name="interpretation",
            field=models.CharField(
                blank=True,
                choices=[
                    ("together", "published together with its interpretation"),
                    ("not_needed", "no interpretation is needed"),
                ],
                db_default="",
                default="",
                help_text="Article 14 (1): a policy that touches people's lives goes online with its interpretation.",
                max_length=10,
                verbose_name="interpretation",
            ),
        ),
        migrations.AddField(
            model_name="policypage",
            name="no_interpretation",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=200,
                verbose_name="reason why none is needed",
            ),
        ),
    ]

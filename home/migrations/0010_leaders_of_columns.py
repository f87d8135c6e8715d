import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0009_interpretation_and_place"),
    ]

    operations = [
        migrations.AddField(
            model_name="columnpage",
            name="leaders",
            field=wagtail.fields.StreamField(
                [("leader", 3)],
                blank=True,
                block_lookup={
                    0: ("wagtail.blocks.CharBlock", (), {"label": "Name", "max_length": 40}),
                    1: ("wagtail.blocks.CharBlock", (), {"label": "Office and duties", "max_length": 200}),
                    2: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "Division of work", "max_length": 300, "required": False},
                    ),
                    3: ("wagtail.blocks.StructBlock", [[("name", 0), ("duty", 1), ("portfolio", 2)]], {}),
                },
                db_default=models.Value([], output_field=models.JSONField()),
                default=list,
                help_text="In a column of the type 负责人信息. Empty: those of the government office's subsite.",
                verbose_name="leaders",
            ),
        ),
    ]

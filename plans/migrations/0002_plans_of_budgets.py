"""A plan for each budget that was there before plans were."""

from typing import Any

from django.db import migrations


def make_plans(apps: Any, schema_editor: Any) -> None:
    database = schema_editor.connection.alias
    budgets = apps.get_model("budgets", "Budget").objects.using(database)
    plans = apps.get_model("plans", "Plan").objects.using(database)
    for budget in budgets.filter(plan_year__isnull=False, plan__isnull=True):
        plans.create(federation_id=budget.federation_id, plan_year=budget.plan_year, budget=budget)


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(make_plans, migrations.RunPython.noop, elidable=True),
    ]

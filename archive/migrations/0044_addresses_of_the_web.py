"""Addresses elsewhere are of the web, whoever writes them: a script in one would run for whoever follows it."""

from django.conf import settings
from django.db import migrations, models

OF_THE_WEB = "^(https?|ftps?)://"
PROBLEM = "An address of the web begins with https:// or http://."

# What was none before is left in the history. All triggers are done before the tables change.
FORGET = """
UPDATE archive_article SET publisher_url = '' WHERE publisher_url <> '' AND publisher_url !~* '^(https?|ftps?)://';
UPDATE archive_source SET homepage = '' WHERE homepage <> '' AND homepage !~* '^(https?|ftps?)://';
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0043_digests_asked_for"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(FORGET, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(publisher_url="") | models.Q(publisher_url__iregex=OF_THE_WEB),
                name="article_publisher_url_of_the_web",
                violation_error_message=PROBLEM,
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(homepage="") | models.Q(homepage__iregex=OF_THE_WEB),
                name="source_homepage_of_the_web",
                violation_error_message=PROBLEM,
            ),
        ),
    ]

"""What changed on the net, in order, for the page cache of the public process: it drops what showed it, nothing else.

Each opening or closing of a publication leaves one row with a tag for every thing that a page may have shown of it. A
lock until the commit makes rows visible in the order of their numbers, so that whoever asks for what came after a
number misses nothing. The newest ten thousand are kept; a reader further behind starts anew.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

PATH = "SET search_path = pg_catalog, public, pg_temp"

# Tags, as publication/shown.py notes them: site: the frame of every page; object:<uuid>: the item itself, or a link to
# it; list:<uuid>: the list of a column or subsite; kind:<kind>: all items of a kind; unit:<id>: all items of a unit;
# beside:<uuid>: the item's neighbours in its list; sitemap:<n>: a part of sitemap.xml.
NOTE = f"""
CREATE FUNCTION publication_note_change(said text[]) RETURNS void LANGUAGE plpgsql VOLATILE {PATH} AS $$
DECLARE
    number bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(20171101);
    INSERT INTO public.publication_change (xact, tags)
    SELECT pg_current_xact_id()::text, array_agg(DISTINCT t) FROM unnest(said) AS t WHERE t IS NOT NULL
    RETURNING id INTO number;
    DELETE FROM public.publication_change WHERE id <= number - 10000;
    PERFORM pg_notify('publication_change', '');
END
$$;

-- The items before and after this one in its own list, which show it as their neighbour.
CREATE FUNCTION publication_beside(p public.publication_publication) RETURNS SETOF text
LANGUAGE sql STABLE {PATH} AS $$
    (SELECT 'beside:' || l.object_id FROM public.publication_listing l
     WHERE l.column_object_id = coalesce($1."column", $1.section) AND l.published_at >= $1.first_published_at
       AND l.object_id <> $1.object_id ORDER BY l.published_at, l.id LIMIT 1)
    UNION ALL
    (SELECT 'beside:' || l.object_id FROM public.publication_listing l
     WHERE l.column_object_id = coalesce($1."column", $1.section) AND l.published_at <= $1.first_published_at
       AND l.object_id <> $1.object_id ORDER BY l.published_at DESC, l.id DESC LIMIT 1)
$$;

-- Whom an item concerns besides itself: its original, and every policy that it repeals, amends or interprets.
CREATE FUNCTION publication_concerned(said jsonb) RETURNS SETOF text LANGUAGE sql IMMUTABLE {PATH} AS $$
    SELECT 'object:' || o FROM (
        SELECT $1 ->> 'translates' UNION ALL SELECT $1 #>> '{{policy,interprets}}' UNION ALL
        SELECT jsonb_array_elements_text(l) FROM (VALUES ($1 #> '{{policy,interpretations}}'),
            ($1 #> '{{policy,repeals}}'), ($1 #> '{{policy,amends}}')) AS v (l) WHERE jsonb_typeof(l) = 'array'
    ) AS found (o) WHERE o IS NOT NULL
$$;
"""

CHANGED = f"""
-- Navigation hides empty columns: the first item of one shows it, the end of the last one hides it. A correction
-- closes and opens an item in its place; only where it moves is anything shown or hidden.
CREATE FUNCTION publication_turned(p public.publication_publication) RETURNS boolean LANGUAGE sql STABLE {PATH} AS $$
    WITH own AS (SELECT place FROM public.publication_places($1.id) AS place),
         earlier AS (SELECT place FROM public.publication_publication e, public.publication_places(e.id) AS place
                     WHERE e.id = $1.supersedes_id AND e.end_reason = 'superseded' AND $1.ended_at IS NULL)
    SELECT EXISTS (SELECT 1 FROM own JOIN public.publication_columncounter c ON c.column_object_id = place
                   WHERE c.total = 1 AND place NOT IN (SELECT e.place FROM earlier e))
        OR EXISTS (SELECT 1 FROM earlier JOIN public.publication_columncounter c ON c.column_object_id = place
                   WHERE c.total = 0)
$$;

CREATE FUNCTION publication_changed_on_net() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER {PATH} AS $$
DECLARE
    tags text[];
BEGIN
    IF NEW.kind IN ('column', 'home', 'unit') THEN
        PERFORM public.publication_note_change(ARRAY['site']);
        RETURN NULL;
    END IF;
    -- A batch (Article 25) brings thousands in one transaction: everything is drawn anew, noted once.
    IF NEW.legacy AND TG_OP = 'INSERT' THEN
        IF NOT EXISTS (SELECT 1 FROM (SELECT c.xact, c.tags FROM public.publication_change c
                                      ORDER BY c.id DESC LIMIT 1) AS newest
                       WHERE newest.xact = pg_current_xact_id()::text AND newest.tags = ARRAY['site']) THEN
            PERFORM public.publication_note_change(ARRAY['site']);
        END IF;
        RETURN NULL;
    END IF;
    tags := ARRAY['object:' || NEW.object_id, 'beside:' || NEW.object_id, 'kind:' || NEW.kind,
                  'unit:' || NEW.unit_id, 'sitemap:' || NEW.id / 5000]
            || ARRAY(SELECT 'list:' || place FROM public.publication_places(NEW.id) AS place)
            || ARRAY(SELECT public.publication_beside(NEW))
            || ARRAY(SELECT public.publication_concerned(convert_from(NEW.document, 'UTF8')::jsonb));
    IF NEW.end_reason <> 'superseded' AND public.publication_turned(NEW) THEN
        tags := tags || 'site'::text;
    END IF;
    PERFORM public.publication_note_change(tags);
    RETURN NULL;
END
$$;
REVOKE EXECUTE ON FUNCTION publication_note_change(text[]) FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION publication_beside(publication_publication), publication_turned(publication_publication)
    FROM PUBLIC;

-- Triggers fire in the order of their names: while the item stands in lists and counters, so after it was entered
-- (publication_opened) and before it is taken out (publication_closed).
CREATE TRIGGER publication_seen_opened AFTER INSERT ON publication_publication
    FOR EACH ROW EXECUTE FUNCTION publication_changed_on_net();
CREATE TRIGGER publication_before_closed AFTER UPDATE ON publication_publication
    FOR EACH ROW EXECUTE FUNCTION publication_changed_on_net();
"""

UNDO = """
DROP TRIGGER publication_before_closed ON publication_publication;
DROP TRIGGER publication_seen_opened ON publication_publication;
DROP FUNCTION publication_changed_on_net();
DROP FUNCTION publication_turned(publication_publication);
DROP FUNCTION publication_concerned(jsonb);
DROP FUNCTION publication_beside(publication_publication);
DROP FUNCTION publication_note_change(text[]);
"""


class Migration(migrations.Migration):
    dependencies = [("publication", "0007_cards_follow")]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("xact", models.CharField(max_length=20)),
                (
                    "tags",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
            ],
        ),
        migrations.RunSQL(NOTE + CHANGED, UNDO),
    ]

"""Cards of lists, facets, the policy library and times of corrections follow publications inside PostgreSQL.

As in 0005: every row is derived from the signed bytes by the database itself; nobody else may write these tables.
"""

from django.db import migrations

PATH = "SET search_path = pg_catalog, public, pg_temp"

CARD = f"""
-- What lists show besides the title, so that a list of twenty opens no document.
CREATE FUNCTION publication_card(d jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE {PATH} AS $$
    SELECT jsonb_strip_nulls(jsonb_build_object(
        'unit', d #>> '{{unit,short}}', 'summary', left(nullif(d ->> 'summary', ''), 200),
        'language', d ->> 'language', 'source', d #>> '{{source,name}}',
        'number', nullif(d #>> '{{policy,document_number}}', ''), 'validity', d #>> '{{policy,validity}}',
        'media', jsonb_path_query_first(d, '$.body[*] ? (@.type == "media")') ->> 'kind',
        'image', (SELECT jsonb_build_object('alt', i -> 'alt', 'renditions', i -> 'renditions')
                  FROM jsonb_path_query_first(d, '$.body[*] ? (@.type == "image")') AS i WHERE i IS NOT NULL)))
$$;

CREATE FUNCTION publication_day(words text) RETURNS date LANGUAGE sql IMMUTABLE {PATH} AS $$
    SELECT CASE WHEN $1 ~ '^\\d{{4}}-\\d\\d-\\d\\d$' THEN $1::date END
$$;
"""

LIST = f"""
CREATE OR REPLACE FUNCTION publication_list(publication bigint) RETURNS void LANGUAGE sql VOLATILE {PATH} AS $$
    INSERT INTO public.publication_listing
        (column_object_id, publication_id, object_id, published_at, kind, unit_id, site, path, title, date, legacy,
         card)
    SELECT place, p.id, p.object_id, p.first_published_at, p.kind, p.unit_id, p.site, p.path, p.title,
           (p.first_published_at AT TIME ZONE 'Asia/Shanghai')::date, p.legacy,
           public.publication_card(convert_from(p.document, 'UTF8')::jsonb)
    FROM public.publication_publication p, public.publication_places(p.id) AS place
    WHERE p.id = $1 AND p.ended_at IS NULL;
    INSERT INTO public.publication_columncounter AS c (column_object_id, total)
    SELECT l.column_object_id, 1 FROM public.publication_listing l WHERE l.publication_id = $1 ORDER BY 1
    ON CONFLICT (column_object_id) DO UPDATE SET total = c.total + 1;
    INSERT INTO public.publication_facetcounter AS f (column_object_id, unit_id, year, kind, total)
    SELECT l.column_object_id, l.unit_id, extract(year FROM l.date), l.kind, 1
    FROM public.publication_listing l WHERE l.publication_id = $1 ORDER BY 1
    ON CONFLICT (column_object_id, unit_id, year, kind) DO UPDATE SET total = f.total + 1;
$$;

CREATE OR REPLACE FUNCTION publication_unlist(publication bigint) RETURNS void LANGUAGE sql VOLATILE {PATH} AS $$
    UPDATE public.publication_columncounter c SET total = c.total - 1
    FROM public.publication_listing l WHERE l.publication_id = $1 AND c.column_object_id = l.column_object_id;
    UPDATE public.publication_facetcounter f SET total = f.total - 1
    FROM public.publication_listing l WHERE l.publication_id = $1 AND f.column_object_id = l.column_object_id
      AND f.unit_id = l.unit_id AND f.year = extract(year FROM l.date) AND f.kind = l.kind;
    DELETE FROM public.publication_listing WHERE publication_id = $1;
$$;
"""

POLICY = f"""
CREATE FUNCTION publication_enter_policy(publication bigint) RETURNS void LANGUAGE sql VOLATILE {PATH} AS $$
    INSERT INTO public.publication_policyentry
        (publication_id, object_id, unit_id, title, path, index_number, document_number, issuer, subject, year,
         formed_on, effective_on, lapses_on, validity, published_at)
    SELECT p.id, p.object_id, p.unit_id, p.title, p.path, coalesce(d ->> 'index_number', ''),
           coalesce(d ->> 'document_number', ''), coalesce(d ->> 'issuer', ''), coalesce(d ->> 'subject', ''),
           extract(year FROM coalesce(formed, issued, p.first_published_at AT TIME ZONE 'Asia/Shanghai')),
           formed, coalesce(public.publication_day(d ->> 'effective_on'), issued, formed),
           public.publication_day(d ->> 'lapses_on'), coalesce(d ->> 'validity', ''), p.first_published_at
    FROM public.publication_publication p,
         LATERAL (SELECT convert_from(p.document, 'UTF8')::jsonb -> 'policy' AS d) AS j,
         LATERAL (SELECT public.publication_day(d ->> 'formed_on') AS formed,
                         public.publication_day(d ->> 'issued_on') AS issued) AS days
    WHERE p.id = $1 AND p.kind = 'policy' AND p.ended_at IS NULL;
    INSERT INTO public.publication_policyrelation (publication_id, target, kind, since)
    SELECT DISTINCT e.publication_id, target::uuid, k.kind,
           coalesce(e.effective_on, (e.published_at AT TIME ZONE 'Asia/Shanghai')::date)
    FROM public.publication_policyentry e
    JOIN public.publication_publication p ON p.id = e.publication_id,
         (VALUES ('repeals'), ('amends')) AS k (kind),
         LATERAL jsonb_array_elements_text(
             coalesce(convert_from(p.document, 'UTF8')::jsonb -> 'policy' -> k.kind, '[]')) AS target
    WHERE e.publication_id = $1;
$$;

CREATE FUNCTION publication_cards_opened() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER {PATH} AS $$
BEGIN
    PERFORM public.publication_enter_policy(NEW.id);
    RETURN NULL;
END
$$;

CREATE FUNCTION publication_cards_closed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER {PATH} AS $$
BEGIN
    DELETE FROM public.publication_policyrelation WHERE publication_id = NEW.id;
    DELETE FROM public.publication_policyentry WHERE publication_id = NEW.id;
    IF NEW.end_reason = 'superseded' THEN
        INSERT INTO public.publication_pastversion (object_id, published_at, ended_at)
        VALUES (NEW.object_id, NEW.published_at, NEW.ended_at);
    END IF;
    RETURN NULL;
END
$$;

REVOKE EXECUTE ON FUNCTION publication_enter_policy(bigint) FROM PUBLIC;
CREATE TRIGGER publication_cards_opened AFTER INSERT ON publication_publication
    FOR EACH ROW EXECUTE FUNCTION publication_cards_opened();
CREATE TRIGGER publication_cards_closed AFTER UPDATE ON publication_publication
    FOR EACH ROW EXECUTE FUNCTION publication_cards_closed();
"""

FILL = """
UPDATE publication_listing l SET card = publication_card(convert_from(p.document, 'UTF8')::jsonb)
FROM publication_publication p WHERE p.id = l.publication_id;
INSERT INTO publication_facetcounter (column_object_id, unit_id, year, kind, total)
SELECT column_object_id, unit_id, extract(year FROM date), kind, count(*) FROM publication_listing GROUP BY 1, 2, 3, 4;
SELECT publication_enter_policy(id) FROM publication_publication WHERE ended_at IS NULL AND kind = 'policy';
INSERT INTO publication_pastversion (object_id, published_at, ended_at)
SELECT object_id, published_at, ended_at FROM publication_publication WHERE end_reason = 'superseded';
"""

UNDO = """
DROP TRIGGER publication_cards_closed ON publication_publication;
DROP TRIGGER publication_cards_opened ON publication_publication;
DROP FUNCTION publication_cards_closed();
DROP FUNCTION publication_cards_opened();
DROP FUNCTION publication_enter_policy(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("publication", "0006_cards")]

    operations = [migrations.RunSQL(CARD + LIST + POLICY + FILL, UNDO)]

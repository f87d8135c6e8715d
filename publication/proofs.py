"""The statements of `manage.py verify`: each returns the names of rows that are not as they should be.

They look at what is there and trust no trigger, for whoever owns the database can switch triggers off. `relied_on`
are the submissions whose signatures made something public, `valid` the signatures that count.
"""

# Submissions whose signatures count: those published by themselves, and batches that published others.
RELIED_ON = """
    SELECT s.* FROM publication_submission s
    WHERE EXISTS (SELECT 1 FROM publication_publication p WHERE p.submission_id = s.id AND s.batch_id IS NULL)
       OR EXISTS (SELECT 1 FROM publication_publication p JOIN publication_submission m ON m.id = p.submission_id
                  WHERE m.batch_id = s.id)"""

# Every position's signature that counts: the one after the last time it was asked for again.
VALID = """
    SELECT o.* FROM publication_signoff o
    WHERE o.decision = 'agree' AND o.attempt = 1 + (
        SELECT count(*) FROM publication_signoff r
        WHERE r.submission_id = o.submission_id AND r.decision = 'reopen'
          AND (r.detail ->> 'target')::int = o.position)"""

TRIGGERS = (
    "submission_born",
    "submission_batch",
    "step_born",
    "end_born",
    "signoff_born",
    "release_born",
    "release_changed",
    "publication_born",
    "publication_changed",
    "publication_opened",
    "publication_closed",
    "publication_cards_opened",
    "publication_cards_closed",
    "publication_seen_opened",
    "publication_before_closed",
    "publication_batch_judged",
    "publication_batch_opened",
    "takedown_born",
    "takedown_changed",
    "release_kept",
    "publication_kept",
    "takedown_kept",
    "submission_permanent",
    "submissionend_permanent",
    "batchitem_permanent",
    "routedefinition_permanent",
    "frozenstep_permanent",
    "signoff_permanent",
    "allottedpath_permanent",
    "storedfile_permanent",
    "entry_born",
    "entry_permanent",
    "search_opened",
    "search_closed",
    "search_relisted",
    "search_file_read",
)

STATEMENTS = {
    "bytes differ from what was signed": """
        SELECT 'publication ' || p.id FROM publication_publication p
        JOIN publication_submission s ON s.id = p.submission_id
        WHERE p.document <> s.document OR p.digest <> s.digest
           OR encode(sha256(p.document), 'hex') <> p.digest OR p.object_id <> s.object_id
           OR (p.site, p.path) IS DISTINCT FROM (s.site, s.path)""",
    "shown under another address, title or unit than its bytes say": """
        SELECT 'publication ' || p.id FROM publication_publication p
        JOIN publication_submission s ON s.id = p.submission_id,
        LATERAL (SELECT convert_from(p.document, 'UTF8')::jsonb AS d) j
        WHERE j.d ->> 'path' IS DISTINCT FROM p.path OR j.d ->> 'title' IS DISTINCT FROM p.title
           OR j.d ->> 'object' IS DISTINCT FROM p.object_id::text OR p.unit_id <> s.unit_id""",
    "its steps are not those of its route": """
        SELECT 'submission ' || s.id FROM relied_on s
        LEFT JOIN LATERAL (
            SELECT count(*) FILTER (WHERE f.id IS NULL OR d.id IS NULL OR f.opinion <> d.opinion
                                       OR f.task <> d.task OR f.posts <> d.posts) AS wrong, count(*) AS steps
            FROM (SELECT * FROM publication_frozenstep WHERE submission_id = s.id) f
            FULL JOIN (SELECT * FROM publication_routedefinition WHERE route = s.route AND variant = s.variant
                       AND version = s.route_version) d ON d.position = f.position) x ON true
        WHERE x.steps = 0 OR x.wrong > 0""",
    "a step is not signed": """
        SELECT 'submission ' || s.id || ' step ' || f.position FROM relied_on s
        JOIN publication_frozenstep f ON f.submission_id = s.id
        WHERE NOT EXISTS (SELECT 1 FROM valid o WHERE o.submission_id = s.id AND o.position = f.position)""",
    "signed other bytes, for another office or step": """
        SELECT 'signature ' || o.id FROM relied_on s JOIN valid o ON o.submission_id = s.id
        LEFT JOIN publication_frozenstep f ON f.submission_id = s.id AND f.position = o.position
        WHERE f.id IS NULL OR o.digest <> s.digest OR o.unit_id <> f.unit_id OR o.opinion <> f.opinion
           OR NOT o.post = ANY (f.posts)""",
    "the post was not held at that minute": """
        SELECT 'signature ' || o.id FROM relied_on s JOIN valid o ON o.submission_id = s.id
        WHERE NOT organisation_holds(o.person_id, o.unit_id, o.post::text, o.signed_at, o.delegation_id)""",
    "signed by the author": """
        SELECT 'signature ' || o.id FROM relied_on s JOIN valid o ON o.submission_id = s.id
        WHERE o.person_id = s.author_id AND o.opinion <> 'seal'""",
    "one person signed in two acts": """
        SELECT 'submission ' || s.id || ' person ' || o.person_id FROM relied_on s
        JOIN valid o ON o.submission_id = s.id AND o.opinion <> 'seal'
        GROUP BY s.id, o.person_id HAVING count(DISTINCT o.act) > 1""",
    "signed before the step before it": """
        SELECT 'signature ' || o.id FROM relied_on s JOIN valid o ON o.submission_id = s.id
        WHERE EXISTS (SELECT 1 FROM publication_signoff e WHERE e.submission_id = s.id AND e.decision = 'agree'
                      AND e.attempt = 1 AND e.position < o.position AND e.signed_at > o.signed_at)""",
    "published before it was signed, or before its minute": """
        SELECT 'publication ' || p.id FROM publication_publication p
        JOIN publication_submission s ON s.id = p.submission_id
        WHERE p.published_at < s.publish_at
           OR EXISTS (SELECT 1 FROM publication_signoff o WHERE o.submission_id = coalesce(s.batch_id, s.id)
                      AND o.decision = 'agree' AND o.signed_at > p.published_at)""",
    "published although it had ended": """
        SELECT 'publication ' || p.id FROM publication_publication p
        JOIN publication_submissionend e ON e.submission_id = p.submission_id WHERE e.at <= p.published_at""",
    "ended otherwise than the register says": """
        SELECT 'submission ' || e.submission_id FROM ledger_registerentry e
        WHERE e.kind IN ('refused', 'on_request', 'other_form', 'quarantined') AND e.submission_id IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM publication_submissionend x
                          WHERE x.submission_id = e.submission_id AND x.kind = e.kind)""",
    "not listed in the batch that was signed for it": """
        SELECT 'publication ' || p.id FROM publication_publication p
        JOIN publication_submission s ON s.id = p.submission_id
        JOIN publication_submission b ON b.id = s.batch_id
        WHERE NOT EXISTS (SELECT 1 FROM publication_batchitem i WHERE i.batch_id = b.id AND i.digest = s.digest)""",
    "not in the register, or with another digest": """
        SELECT 'publication ' || p.id FROM publication_publication p
        WHERE NOT EXISTS (SELECT 1 FROM ledger_registerentry e
                          WHERE e.publication_id = p.id AND e.facts ->> 'digest' = p.digest)""",
    "in the register, but gone": """
        SELECT 'register ' || e.number || ' publication ' || e.publication_id FROM ledger_registerentry e
        WHERE e.publication_id IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM publication_publication p WHERE p.id = e.publication_id)""",
    "closed without a line in the register": """
        SELECT 'publication ' || p.id FROM publication_publication p
        WHERE p.end_reason IN ('taken_down', 'expired', 'withdrawn') AND NOT EXISTS (
            SELECT 1 FROM ledger_registerentry e WHERE e.publication_id = p.id
            AND e.kind IN ('taken_down', 'expired', 'withdrawn'))""",
    "listed otherwise than published": """
        SELECT 'listing ' || l.id FROM publication_listing l
        LEFT JOIN publication_publication p ON p.id = l.publication_id
        WHERE p.id IS NULL OR p.ended_at IS NOT NULL OR l.title <> p.title OR l.path <> p.path
           OR l.published_at <> p.first_published_at OR l.kind <> p.kind""",
    "counter differs from the list": """
        SELECT 'counter ' || coalesce(c.column_object_id, l.column_object_id) FROM publication_columncounter c
        FULL JOIN (SELECT column_object_id, count(*) AS total FROM publication_listing GROUP BY 1) l
          ON l.column_object_id = c.column_object_id WHERE coalesce(c.total, 0) <> coalesce(l.total, 0)""",
    "a list shows other words than were signed, or counts otherwise": """
        SELECT 'listing ' || l.id FROM publication_listing l JOIN publication_publication p ON p.id = l.publication_id
        WHERE l.card IS DISTINCT FROM publication_card(convert_from(p.document, 'UTF8')::jsonb)
        UNION ALL
        SELECT 'facet ' || coalesce(f.column_object_id, l.column_object_id) FROM publication_facetcounter f
        FULL JOIN (SELECT column_object_id, unit_id, extract(year FROM date) AS year, kind, count(*) AS total
                   FROM publication_listing GROUP BY 1, 2, 3, 4) l USING (column_object_id, unit_id, year, kind)
        WHERE coalesce(f.total, 0) <> coalesce(l.total, 0)""",
    "the policy library says otherwise than was signed": """
        SELECT 'publication ' || p.id FROM publication_publication p
        FULL JOIN publication_policyentry e ON e.publication_id = p.id
        WHERE (p.kind = 'policy' AND p.ended_at IS NULL) IS DISTINCT FROM (e.publication_id IS NOT NULL)
           OR e.title <> p.title OR e.path <> p.path
           OR e.validity <> convert_from(p.document, 'UTF8')::jsonb #>> '{policy,validity}'""",
    "releases a file that its bytes do not name": """
        SELECT 'asset ' || a.id FROM publication_publicationasset a
        JOIN publication_publication p ON p.id = a.publication_id
        WHERE NOT EXISTS (SELECT 1 FROM jsonb_array_elements(
            convert_from(p.document, 'UTF8')::jsonb -> 'assets') f
            WHERE f ->> 'sha256' = a.sha256 AND f ->> 'name' = a.name
              AND f ->> 'content_type' = a.content_type AND (f ->> 'size')::bigint = a.size)""",
    "names a file that is not released": """
        SELECT 'publication ' || p.id || ' file ' || (f ->> 'name') FROM publication_publication p,
        LATERAL jsonb_array_elements(coalesce(convert_from(p.document, 'UTF8')::jsonb -> 'assets', '[]')) f
        WHERE p.ended_at IS NULL AND NOT EXISTS (SELECT 1 FROM publication_publicationasset a
            WHERE a.publication_id = p.id AND a.sha256 = f ->> 'sha256')""",
    "switched off": """
        SELECT 'trigger ' || t.tgname || ' on ' || c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE NOT t.tgisinternal AND t.tgenabled NOT IN ('O', 'A') AND c.relnamespace = 'public'::regnamespace""",
    "superseded by nothing": """
        SELECT 'publication ' || p.id FROM publication_publication p
        WHERE p.end_reason = 'superseded' AND NOT EXISTS (
            SELECT 1 FROM publication_publication n WHERE n.supersedes_id = p.id AND n.object_id = p.object_id)""",
    "public at the same time as another publication of the item": """
        SELECT 'publication ' || n.id FROM publication_publication n
        JOIN publication_publication p ON p.object_id = n.object_id AND p.id < n.id
        WHERE p.ended_at IS NULL OR p.ended_at > n.published_at""",
    "published or closed at another time than the register says": """
        SELECT 'publication ' || p.id FROM publication_publication p
        JOIN ledger_registerentry e ON e.publication_id = p.id
        WHERE (e.facts ->> 'published_at')::timestamptz <> p.published_at
           OR (e.facts ->> 'ended_at')::timestamptz <> p.ended_at
           OR e.facts ->> 'end_reason' <> p.end_reason OR e.facts ->> 'path' <> p.path
           OR (e.facts ->> 'legacy')::boolean <> p.legacy""",
    "in the register as closed, but open": """
        SELECT 'publication ' || p.id FROM publication_publication p
        JOIN ledger_registerentry e ON e.publication_id = p.id
        WHERE p.ended_at IS NULL AND e.kind IN ('taken_down', 'expired', 'withdrawn')""",
    "signed otherwise than the register says": """
        SELECT 'submission ' || e.submission_id FROM ledger_registerentry e
        WHERE (e.kind IN ('published', 'corrected') OR (e.kind = 'baseline' AND e.publication_id IS NULL)) AND EXISTS (
            SELECT 1 FROM (SELECT * FROM publication_signoff WHERE submission_id = e.submission_id
                           AND signed_at <= e.recorded_at) o
            FULL JOIN jsonb_array_elements(e.facts -> 'signatories') f
              ON (f ->> 'position')::int = o.position AND f ->> 'decision' = o.decision
             AND (f ->> 'at')::timestamptz = o.signed_at
            WHERE o.id IS NULL OR f IS NULL OR (f ->> 'person_id')::bigint <> o.person_id
               OR f ->> 'remark' <> o.remark OR f ->> 'medium' <> o.medium
               OR (f ->> 'delegation')::bigint IS DISTINCT FROM o.delegation_id)""",
    "the list of a batch is not the signed one": """
        SELECT 'batch ' || b.id FROM publication_submission b
        WHERE publication_said(b.document, 'kind') = 'batch' AND EXISTS (
            SELECT 1 FROM (SELECT digest FROM publication_batchitem WHERE batch_id = b.id) i
            FULL JOIN (SELECT DISTINCT jsonb_array_elements_text(convert_from(b.document, 'UTF8')::jsonb -> 'items')
                       AS digest) d ON d.digest = i.digest WHERE i.digest IS NULL OR d.digest IS NULL)""",
    "decided otherwise than the register says": """
        SELECT 'take-down ' || t.id FROM publication_takedown t
        WHERE NOT EXISTS (SELECT 1 FROM ledger_registerentry e
                          WHERE e.publication_id = t.publication_id AND e.kind = 'taken_down')
           OR (t.decision = 'ratified' AND NOT EXISTS (SELECT 1 FROM ledger_registerentry e
               WHERE e.publication_id = t.publication_id AND e.kind = 'ratified'))
           OR (t.decision = 'restored' AND NOT EXISTS (SELECT 1 FROM publication_publication n
               WHERE n.restores_id = t.id))""",
    "a list leaves it out or shows it where it does not belong": """
        SELECT 'publication ' || p.id FROM publication_publication p
        WHERE p.ended_at IS NULL AND EXISTS (
            SELECT 1 FROM (SELECT column_object_id FROM publication_listing WHERE publication_id = p.id) l
            FULL JOIN publication_places(p.id) AS place ON place = l.column_object_id
            WHERE l.column_object_id IS NULL OR place IS NULL)""",
    "still answers as taken down, or does not": """
        SELECT 'tombstone ' || t.path FROM publication_tombstone t
        WHERE EXISTS (SELECT 1 FROM publication_publication p
                      WHERE (p.site, p.path) = (t.site, t.path) AND p.ended_at IS NULL)
        UNION ALL
        SELECT 'tombstone ' || p.path FROM publication_publication p
        WHERE p.end_reason IN ('taken_down', 'expired', 'withdrawn')
          AND NOT EXISTS (SELECT 1 FROM publication_tombstone t WHERE (p.site, p.path) = (t.site, t.path))
          AND NOT EXISTS (SELECT 1 FROM publication_publication n WHERE (p.site, p.path) = (n.site, n.path)
                          AND n.id > p.id)""",
    "found by search though not public, or under other words than its bytes say": """
        SELECT 'search entry ' || e.publication_id FROM search_searchentry e
        LEFT JOIN publication_publication p ON p.id = e.publication_id AND p.ended_at IS NULL
        WHERE p.id IS NULL OR e.object_id <> p.object_id OR e.title <> search_fold(p.title)""",
    "public, but search does not know it": """
        SELECT 'publication ' || p.id FROM publication_publication p
        WHERE p.ended_at IS NULL AND p.kind <> 'home' AND NOT EXISTS (
            SELECT 1 FROM search_searchentry e WHERE e.publication_id = p.id)
        EXCEPT SELECT 'publication ' || waiting.value FROM publication_outboxmessage o,
            jsonb_array_elements_text(o.payload -> 'publications') AS waiting
        WHERE o.kind = 'enter_search' AND o.done_at IS NULL""",
    "missing": """
        SELECT 'trigger ' || name FROM unnest(string_to_array('triggers', ' ')) AS name
        WHERE NOT EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgname = name AND NOT t.tgisinternal)""".replace(
        "triggers", " ".join(TRIGGERS)
    ),
}

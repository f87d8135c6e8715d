"""What the journeys ask the portal's database: whose turn it is, and what became of an item."""

from contextlib import contextmanager

import psycopg2

TURN = """
    SELECT u.username, c.opinion FROM review_case c
    JOIN organisation_appointment a ON a.unit_id = c.step_unit_id AND a.post_id = ANY (c.posts)
        AND a.starts_at <= now() AND (a.ends_at IS NULL OR a.ends_at > now()) AND a.confirmed_at IS NOT NULL
    JOIN organisation_user u ON u.id = a.person_id
    WHERE c.title = %s AND c.ended_at IS NULL AND (c.opinion = 'seal' OR u.id <> c.author_id AND NOT EXISTS (
        SELECT 1 FROM publication_signoff s WHERE s.submission_id = c.submission_id AND s.person_id = u.id))
    ORDER BY u.id LIMIT 1"""
DRAFT = """
    SELECT p.id, u.code FROM wagtailcore_page p
    JOIN wagtailcore_page up ON p.path LIKE up.path || '%%' AND up.depth = p.depth - 1
    JOIN units_unithomepage f ON f.page_ptr_id = up.id JOIN organisation_unit u ON u.id = f.unit_id
    WHERE p.title = %s OR p.draft_title = %s LIMIT 1"""
ADDRESS = "SELECT path FROM publication_publication WHERE title = %s AND ended_at IS NULL"
PUBLICATIONS = "SELECT count(*) FROM publication_publication WHERE title = %s"
SIGNATORIES = """
    SELECT count(DISTINCT s.person_id) FROM publication_signoff s JOIN publication_submission b ON b.id = s.submission_id
    WHERE s.decision = 'agree' AND b.id = (
        SELECT id FROM publication_submission WHERE title = %s ORDER BY created_at DESC LIMIT 1)"""
EVIDENCE = """
    SELECT e.facts, p.document, p.digest FROM publication_publication p
    JOIN ledger_registerentry e ON e.publication_id = p.id AND e.kind IN ('published', 'corrected')
    WHERE p.title = %s AND p.ended_at IS NULL"""
SIGNED = """
    SELECT u.username, u.name FROM publication_signoff s JOIN organisation_user u ON u.id = s.person_id
    JOIN publication_publication p ON p.submission_id = s.submission_id
    WHERE p.title = %s AND p.ended_at IS NULL AND s.opinion = ANY (%s) ORDER BY s.position"""
STATUS = "SELECT status FROM review_case WHERE title = %s ORDER BY created_at DESC LIMIT 1"


class Records:
    """Reads as the owner, beside the running portal."""

    def __init__(self, portal):
        self.url = portal.database.url("owner")

    @contextmanager
    def cursor(self):
        connection = psycopg2.connect(self.url)
        try:
            with connection.cursor() as cursor:
                yield cursor
        finally:
            connection.close()

    def first(self, statement, *values):
        with self.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchone()

    def turn(self, title):
        """(username, opinion) of whoever may sign now, or None when the item has ended."""
        return self.first(TURN, title)

    def draft(self, title):
        """(page id, unit code) of a draft."""
        return self.first(DRAFT, title, title)

    def address(self, title):
        row = self.first(ADDRESS, title)
        return row[0] if row else None

    def publications(self, title):
        return self.first(PUBLICATIONS, title)[0]

    def signatories(self, title):
        return self.first(SIGNATORIES, title)[0]

    def evidence(self, title):
        """(facts of the register entry, public bytes, their digest) of what is public now."""
        facts, document, digest = self.first(EVIDENCE, title)
        return facts, bytes(document), digest

    def signed(self, title, *opinions):
        with self.cursor() as cursor:
            cursor.execute(SIGNED, (title, list(opinions)))
            return cursor.fetchall()

    def sealer(self, title):
        return self.signed(title, "seal")[0][0]

    def secrecy_people(self, title):
        return [name for _username, name in self.signed(title, "secrecy", "leader_opinion")]

    def status(self, title):
        row = self.first(STATUS, title)
        return row[0] if row else None

"""Search in the portal's own database: grams in GIN indexes, newest windows first (migration 0003)."""

from django.db import connection

from search.contract import MOST_HITS, MOST_TEXTS, MOST_TITLES, Answer, Clause, Hit, Question
from search.folding import fold, grams, pieces

SHORTEST_PREFIX = 3  # letters or digits from which on the beginning of a run is enough

STATEMENT = """
    WITH title_hits AS MATERIALIZED (
        SELECT id FROM search_hits(%(query)s::tsquery, %(clauses)s, %(facets)s, true, %(titles)s) AS id
    ), hits AS MATERIALIZED (
        SELECT id, place
        FROM search_hits(%(query)s::tsquery, %(clauses)s, %(facets)s, false, %(most)s) WITH ORDINALITY AS h (id, place)
    )
    SELECT e.publication_id, NULL, e.title, e.number, e.published_at,
           search_times(e.text, %(words)s) FROM search_searchentry e
    WHERE e.publication_id = ANY(ARRAY(SELECT id FROM title_hits UNION SELECT id FROM hits WHERE place <= %(texts)s))
    UNION ALL
    SELECT id, place, NULL, NULL, NULL, NULL FROM hits ORDER BY 2
"""


class PostgresEngine:
    def answer(self, question: Question, *, most=MOST_HITS) -> Answer:
        query = tsquery(question)
        if not query:
            return Answer()
        values = {
            "query": query,
            "clauses": [] if question.any_clause else to_verify(question.clauses),
            "facets": list(question.facets),
            "words": [clause.words[0] for clause in question.clauses],
            "titles": MOST_TITLES,
            "texts": MOST_TEXTS,
            "most": most,
        }
        answer = Answer()
        with connection.cursor() as cursor:
            cursor.execute(STATEMENT, values)
            for key, place, *seen in cursor.fetchall():
                if place is None:
                    answer.seen.append(Hit(key, *seen))
                else:
                    answer.newest.append(key)
        return answer

    def index(self, publication_ids) -> None:
        """The entry once more from the signed bytes; the database itself keeps them (migration 0002)."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT search_refresh(id) FROM unnest(%s::bigint[]) AS id", [list(publication_ids)]
            )

    def drop(self, publication_ids) -> None:
        """What is closed has no entry any more; refreshing says so."""
        self.index(publication_ids)


def tsquery(question: Question) -> str:
    joined = " | " if question.any_clause else " & "
    return joined.join(filter(None, (alternatives(clause) for clause in question.clauses)))


def alternatives(clause: Clause) -> str:
    found = [" & ".join(lexemes(word)) for word in clause.words]
    found = [f"({words})" for words in found if words]
    return f"({' | '.join(found)})" if found else ""


def lexemes(word: str) -> list[str]:
    """Quoted for PostgreSQL; a folded word holds neither quotes nor backslashes. The last Latin run may go on."""
    folded = fold(word)
    runs = pieces(folded)
    last = runs[-1][0] if runs and runs[-1][1] and len(runs[-1][0]) >= SHORTEST_PREFIX else None
    return [f"'{gram}'" + (":*" if gram == last else "") for gram in grams(folded)]


def to_verify(clauses) -> list[str]:
    """Clauses whose grams could stand scattered in a text: those with a wording of more than one gram."""
    return [
        "|".join(clause.words) for clause in clauses if any(len(grams(word)) > 1 for word in clause.words)
    ]

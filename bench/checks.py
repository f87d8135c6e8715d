"""Content checks: precision and recall of each rule on the labelled sentences, and what one article costs.

`python -m bench.checks` prints one line of JSON. No database: the lists are the shipped ones and invented words.
"""

import json
import os
import random
import statistics
import time

ENTRIES, CHARACTERS, RUNS = 20_000, 3_000, 15
LIMIT = 50  # ms for an article of 3,000 characters with lists of 20,000 entries, apart from files


def quality() -> dict:
    from tests import labelled_sentences

    scores = labelled_sentences.scores()
    total = sum(scores.values(), labelled_sentences.Score())
    return {
        "sentences": len(labelled_sentences.sentences()),
        "precision": round(total.precision, 3),
        "recall": round(total.recall, 3),
        "rules": {rule: [round(s.precision, 2), round(s.recall, 2)] for rule, s in scores.items()},
    }


def words(entries: int = ENTRIES):
    """Two to six characters, some with exceptions and contexts, as offices' own lists have them."""
    from checks.words import Word, WordSet
    from tests.labelled_sentences import LEADERS, shipped_words

    dice = random.Random(20171025)
    known = list(shipped_words().words.values())
    signs = [chr(code) for code in range(0x4E00, 0x5200)]
    made = set()
    while len(made) + len(known) < entries:
        made.add("".join(dice.choices(signs, k=dice.choice((2, 3, 4, 5, 6)))))
    invented = [
        Word("name", word, standard=word[::-1] + "局", exceptions=(word + "人", "原" + word)[: number % 3])
        for number, word in enumerate(sorted(made))
    ]
    return WordSet([*known, *invented, *LEADERS], "量测")


def article(characters: int = CHARACTERS) -> list:
    """Paragraphs of the labelled sentences, with all that they have to be found; title, summary, table as well."""
    from checks import documents
    from checks.markup import flatten
    from tests.labelled_sentences import sentences

    dice = random.Random(3)
    pool = [sentence.text for sentence in sentences() if len(sentence.text) < 120]
    paragraphs, length = [], 0
    while length < characters:
        paragraph = "".join(dice.choices(pool, k=4))
        paragraphs.append(paragraph)
        length += len(flatten(paragraph).text)
    body = [{"type": "rich_text", "html": f"<p>{paragraph}</p>"} for paragraph in paragraphs]
    return documents.parts({"title": "关于开展检查的通知", "summary": pool[0], "body": body})


def milliseconds(word_set, parts) -> float:
    from checks import engine

    engine.check(parts, word_set)
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        engine.check(parts, word_set)
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    import django

    django.setup()
    cost = round(milliseconds(words(), article()), 1)
    print(json.dumps(quality() | {"milliseconds": cost, "entries": ENTRIES, "characters": CHARACTERS}))


if __name__ == "__main__":
    main()

"""What Article 13 adds to `manage.py verify`: rows, sheets and seals behind everything that was published.

As in `publication/proofs.py` each statement names the rows that are not as they should be and trusts no trigger.
"""

TRIGGERS = (
    "row_born",
    "row_bound",
    "row_changed",
    "row_kept",
    "sheet_born",
    "sheet_changed",
    "sheet_kept",
    "sheetrow_born",
    "sheetrow_changed",
    "sheetrow_kept",
    "evidence_born",
    "evidence_changed",
    "evidence_kept",
    "evidence_stored",
    "referral_born",
    "referral_kept",
    "conclusion_born",
    "conclusion_kept",
    "quarantine_born",
    "quarantine_changed",
    "quarantine_kept",
    "destruction_born",
    "destruction_changed",
    "destruction_kept",
    "destruction_done",
    "witness_born",
    "witness_done",
    "witness_kept",
    "print_born",
    "print_kept",
    "custody_born",
    "custody_kept",
    "row_offweb_born",
    "row_offweb_changed",
    "row_emptied",
    "evidence_emptied",
    "paper_emptied",
    "submission_kept",
    "submission_emptied",
    "submission_stub",
    "secrecy_seal_required",
    "secrecy_publication_sealed",
    "secrecy_submission_clear",
)

# Submissions that went through a seal and made something public.
SEALED = "relied_on s JOIN publication_frozenstep f ON f.submission_id = s.id AND f.opinion = 'seal'"

# Submissions of objects that were destroyed; nothing is handed in of them afterwards (`secrecy_submission_clear`).
DESTROYED = """secrecy_destruction d JOIN secrecy_quarantine q ON q.id = d.quarantine_id
    JOIN publication_submission s ON s.object_id = q.object_id AND d.destroyed_at IS NOT NULL"""

CHECKS = {
    "published without an agreed row of the secrecy form for these bytes": """
        SELECT 'submission ' || s.id FROM sealed_ones
        LEFT JOIN secrecy_secrecyrow r ON r.submission_id = s.id
        WHERE r.id IS NULL OR r.content_digest <> s.digest OR (r.voided_at IS NOT NULL AND NOT r.sealed_away)
           OR (r.reviewer_opinion, r.leader_opinion, r.form) IS DISTINCT FROM ('agree', 'agree', 'web')""",
    "other people on the secrecy form than signed": """
        SELECT 'row ' || r.id FROM sealed_ones
        JOIN secrecy_secrecyrow r ON r.submission_id = s.id
        WHERE NOT EXISTS (SELECT 1 FROM valid o WHERE o.submission_id = s.id AND o.opinion = 'secrecy'
                          AND o.person_id = r.reviewer_id)
           OR NOT EXISTS (SELECT 1 FROM valid o WHERE o.submission_id = s.id AND o.opinion = 'leader_opinion'
                          AND o.person_id = r.leader_id)""",
    "published without evidence of the seal": """
        SELECT 'submission ' || s.id FROM sealed_ones
        WHERE NOT EXISTS (
            SELECT 1 FROM secrecy_secrecyrow r JOIN secrecy_sheetrow e ON e.row_id = r.id
            JOIN secrecy_sealevidence v ON v.sheet_id = e.sheet_id AND v.rejected_at IS NULL
            WHERE r.submission_id = s.id)""",
    "changed after it was decided": """
        SELECT 'row ' || r.id FROM secrecy_secrecyrow r
        WHERE (r.leader_opinion <> '' OR r.reviewer_opinion = 'disagree') AND r.digest <> secrecy_row_digest(r)
          AND NOT EXISTS (SELECT 1 FROM destroyed_ones WHERE s.id = r.submission_id)""",
    "published another way than the register says": """
        SELECT 'register ' || e.number FROM ledger_registerentry e
        LEFT JOIN secrecy_secrecyrow r ON r.id = (e.facts ->> 'secrecy_row')::bigint AND r.submission_id IS NULL
        WHERE e.submission_id IS NULL AND e.kind IN ('refused', 'on_request', 'other_form')
          AND (r.id IS NULL OR r.digest IS DISTINCT FROM e.facts ->> 'secrecy_row_digest')
        UNION ALL
        SELECT 'row ' || r.id FROM secrecy_secrecyrow r
        WHERE r.submission_id IS NULL AND (r.leader_opinion <> '' OR r.reviewer_opinion = 'disagree')
          AND NOT EXISTS (SELECT 1 FROM ledger_registerentry e
                          WHERE e.submission_id IS NULL AND e.facts ->> 'secrecy_row' = r.id::text)""",
    "destroyed without its record": """
        SELECT 'submission ' || e.id FROM publication_submission e
        WHERE e.title = '（已销毁）' AND NOT EXISTS (SELECT 1 FROM destroyed_ones WHERE s.id = e.id)""",
    "recorded as destroyed, but there": """
        SELECT 'submission ' || s.id FROM destroyed_ones WHERE s.title <> '（已销毁）'
        AND NOT EXISTS (SELECT 1 FROM publication_publication p WHERE p.submission_id = s.id)""",
    "destroyed without approval or without two witnesses": """
        SELECT 'destruction ' || d.id FROM secrecy_destruction d
        JOIN secrecy_quarantine q ON q.id = d.quarantine_id
        WHERE d.destroyed_at IS NOT NULL AND (d.approved IS NOT TRUE OR q.conclusion <> 'confirmed'
           OR d.decided_by_id = d.proposed_by_id
           OR (SELECT count(DISTINCT w.person_id) FROM secrecy_witness w WHERE w.destruction_id = d.id
               AND w.person_id NOT IN (d.proposed_by_id, d.decided_by_id)) <> 2)""",
    "its rows are not those that were sealed": """
        SELECT 'sheet ' || s.number FROM secrecy_secrecysheet s
        WHERE EXISTS (SELECT 1 FROM secrecy_sealevidence v WHERE v.sheet_id = s.id)
          AND s.row_digest IS DISTINCT FROM secrecy_sheet_digest(s.id)""",
    "seal without its stored file": """
        SELECT 'evidence ' || v.id FROM secrecy_sealevidence v
        WHERE v.sha256 <> '' AND NOT EXISTS (SELECT 1 FROM publication_storedfile f WHERE f.sha256 = v.sha256)""",
    "trigger of the secrecy form switched off": """
        SELECT 'trigger ' || wanted.name FROM unnest(ARRAY[trigger_names]) AS wanted(name)
        WHERE NOT EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgname = wanted.name AND t.tgenabled IN ('O', 'A'))
    """,
}

NAMES = ", ".join(f"'{name}'" for name in TRIGGERS)
STATEMENTS = {
    complaint: sql.replace("sealed_ones", SEALED)
    .replace("destroyed_ones", DESTROYED)
    .replace("trigger_names", NAMES)
    for complaint, sql in CHECKS.items()
}

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
    "secrecy_seal_required",
    "secrecy_publication_sealed",
    "secrecy_submission_clear",
)

# Submissions that went through a seal and made something public.
SEALED = "relied_on s JOIN publication_frozenstep f ON f.submission_id = s.id AND f.opinion = 'seal'"

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
        WHERE (r.leader_opinion <> '' OR r.reviewer_opinion = 'disagree') AND r.digest <> secrecy_row_digest(r)""",
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
    complaint: sql.replace("sealed_ones", SEALED).replace("trigger_names", NAMES)
    for complaint, sql in CHECKS.items()
}

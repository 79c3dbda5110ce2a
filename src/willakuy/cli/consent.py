"""willakuy consent"""

from __future__ import annotations

from pathlib import Path

import click

from willakuy.cli.screen import Screen, by_option, case_option, json_option
from willakuy.i18n import N_, gettext

_PURPOSES = ("keep", "share", "publish", "court")

_purpose_option = click.option(
    "--for",
    "purposes",
    multiple=True,
    required=True,
    type=click.Choice(_PURPOSES),
    help=N_("What for: keep, share (with the team), publish, court; may be repeated."),
)


@click.group(
    "consent",
    help=N_("""What people allow to be done with what they told: purpose by purpose, by whom, when and how they said so.

    SUBJECT is a source (all that this person told), a document, or a statement; about a victim's record it speaks for that person. The
    latest word holds. What a protected source told is published only while it agrees.

    \b
    willakuy consent give src_7f3a --for keep --for publish --given-by "herself" --how spoken --on 2023-02-01
    willakuy consent withdraw src_7f3a --for publish --given-by "herself" --how written
    """),
)
def command() -> None:
    pass


def _said(name: str, help_text: str, *, is_given: bool) -> None:
    @command.command(name, help=help_text)
    @click.argument("subject")
    @_purpose_option
    @click.option("--given-by", required=True, help=N_("Who said so: a role or pseudonym, never a name."))
    @click.option(
        "--how",
        type=click.Choice(["spoken", "written", "recorded", "through_another"]),
        default="spoken",
        show_default=True,
        help=N_("How they said so."),
    )
    @click.option("--on", "day", help=N_("When they said so, as 2023-02-01."))
    @click.option("--note", default="", help=N_("More about it; kept in the case, not published."))
    @by_option
    @case_option
    @json_option
    def _command(
        subject: str,
        purposes: tuple[str, ...],
        given_by: str,
        how: str,
        day: str | None,
        note: str,
        by: str | None,
        folder: Path,
        as_json: bool,
    ) -> None:
        from willakuy.casefile import Case
        from willakuy.casefile.consenting import record_consent
        from willakuy.cli.import_ import as_date
        from willakuy.statements.consent import Consent, How, Purpose

        screen = Screen(as_json)
        consent = Consent(
            subject, tuple(Purpose(p) for p in purposes), is_given, given_by, How(how), as_date("--on", day)
        )
        with Case.open(folder) as case:
            judgement = record_consent(case, consent, note=note, by=by)
        screen.say(gettext("Recorded as {id}.").format(id=judgement.judgement_id))
        if not is_given and "publish" in purposes:
            screen.say(
                gettext(
                    "It takes effect in the next release, which says how many were withdrawn and never whose:\n    willakuy publish\n"
                    "What is published already cannot be called back."
                )
            )
        if not is_given and "keep" in purposes:
            screen.say(
                gettext("Nothing is destroyed by this. To destroy a value:\n    willakuy vault erase ID --reason …")
            )
        screen.result({"judgement_id": judgement.judgement_id, "subject": subject, "is_given": is_given})


_said("give", N_("Somebody allows what SUBJECT holds to be used for these purposes."), is_given=True)
_said("withdraw", N_("Somebody no longer allows it. Nothing is said of who, in any release."), is_given=False)


@command.command("show", help=N_("Show what was said, and how many statements may not serve each purpose."))
@case_option
@json_option
def show(folder: Path, as_json: bool) -> None:
    from willakuy.casefile import Case
    from willakuy.casefile.consenting import said_so_far
    from willakuy.publication.consent import unconsented
    from willakuy.statements.consent import Purpose

    screen = Screen(as_json)
    with Case.open(folder) as case:
        corpus = case.corpus()
    said = said_so_far(corpus)
    withheld = {p.value: sorted(unconsented(corpus, p)) for p in Purpose}
    screen.rows(
        [
            (
                j.judgement_id,
                c.subject,
                ", ".join(p.value for p in c.purposes),
                gettext("given") if c.is_given else gettext("withdrawn"),
                c.given_by,
                c.how.value,
                c.given_on.edtf if c.given_on else "",
            )
            for j, c in said
        ],
        widest=40,
    )
    screen.heading(gettext("Statements that may not serve"))
    screen.rows([(purpose, f"{len(ids):,}") for purpose, ids in withheld.items()])
    screen.result(
        {
            "said": [
                {
                    "id": j.judgement_id,
                    "subject": c.subject,
                    "purposes": [p.value for p in c.purposes],
                    "is_given": c.is_given,
                    "given_by": c.given_by,
                    "how": c.how.value,
                    "on": c.given_on.edtf if c.given_on else None,
                }
                for j, c in said
            ],
            "may_not_serve": withheld,
        }
    )

"""What the accompaniment holds of a person, for their own copy."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from arrimage.casework.enums import FileStatus, ReferralStatus
from arrimage.casework.models import Assessment, Referral
from arrimage.directory.models import PlaceHold
from arrimage.foundation.writing import write_date
from arrimage.privacy.portability.registry import Extra, Ground, register, register_path, withhold, words_of_states
from arrimage.privacy.portability.values import Reading
from arrimage.questionnaires.definition import Kind, Question


def declare() -> None:
    register("casework.File", "person")
    register("casework.Assessment", "file__person", extra={"in_words": Extra(_("réponses en mots"), _in_words)})
    register("casework.Need", "file__person")
    register("casework.Plan", "file__person", withheld={"explained_by": Ground.OTHER_PERSON})
    register("casework.Goal", "file__person")
    register("casework.Step", "file__person")
    register("casework.FollowUp", "file__person", withheld={"interpreter": Ground.OTHER_PERSON})
    register("casework.PlannedContact", "file__person")
    register("casework.MilestoneContact", "file__person")
    register("casework.FileMove", "file__person")
    register("casework.Transfer", "files__file__person", withheld={"shown": Ground.OTHER_PERSON})
    register("casework.TransferredFile", "file__person")
    withhold(
        Ground.NOT_ABOUT, "casework.AgentProfile", "casework.Absence", "casework.AbsenceCover", "casework.Handover"
    )
    register("casework.PlanVersion", "file__person", withheld={"explained_by": Ground.OTHER_PERSON})
    register("casework.Amendment", "file__person")
    register("casework.DeclinedProposal", "file__person")
    register("casework.Referral", "file__person")
    register("casework.ReferralChoice", "referral__file__person")
    register(
        "casework.ReferralEvent",
        "referral__file__person",
        extra=words_of_states(ReferralStatus),
        label=_("Étapes des orientations"),
    )
    register(
        "casework.ReferralLink",
        "referral__file__person",
        withheld={"code_digest": Ground.SECURITY},
        label=_("Liens de réponse aux orientations"),
    )
    register("casework.LinkEvent", "link__referral__file__person", label=_("Étapes des liens de réponse"))
    # The directory knows the referral by its uid alone.
    register("directory.PlaceHold", _place_held_for, extra={"places": Extra(_("service et lieu"), _where)})
    register("casework.SharedAnswerReview", "referral__file__person")
    register("casework.ReferralMessage", "referral__file__person")
    register("casework.DateProposal", "referral__file__person")
    register("casework.ConsentNotice", "referral__file__person")
    register("casework.AppointmentMessage", "person")
    register("casework.Closing", "file__person")
    register("casework.FileEvent", "file__person", extra=words_of_states(FileStatus), label=_("Étapes du dossier"))
    # Sensitive notes too: what is written of somebody is theirs to read (A-2.1, s. 83).
    register("casework.Note", "file__person")
    register("casework.NoteAddition", "note__file__person")
    register("casework.Document", "file__person")
    register_path("attachments.Attachment", "document__file__person")


def _place_held_for(person: int) -> Q:
    return Q(holder__in=Referral.objects.filter(file__person=person).values("uid"))


def _where(hold: PlaceHold, reading: Reading) -> str:
    return str(hold.places.service_at_location)


def _in_words(assessment: Assessment, reading: Reading) -> dict[str, str]:
    """Return the questions that were answered, and the answers, as they were asked in French."""
    questions = assessment.questionnaire.content.questions()
    told = {}
    for question in questions:
        answer = assessment.answers.get(question.key)
        if answer is not None:
            told[question.label.in_language("fr")] = _answer(question, answer)
    return told


def _answer(question: Question, answer: object) -> str:
    options = {option.key: option.label.in_language("fr") for option in question.options}
    match question.kind, answer:
        case Kind.YES_NO, bool():
            return gettext("oui") if answer else gettext("non")
        case Kind.CHOICE, str():
            return options.get(answer, answer)
        case Kind.SEVERAL, list():
            return " ; ".join(str(options.get(each, each)) for each in answer)
        case Kind.NEEDS, list():
            return " ; ".join(str(row["label"]) for row in answer)
        case Kind.DATE, str():
            return write_date(date.fromisoformat(answer))
        case _:
            return str(answer)

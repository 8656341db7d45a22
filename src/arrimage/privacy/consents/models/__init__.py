from arrimage.privacy.consents.models.consents import Consent, ConsentEvent, Refusal
from arrimage.privacy.consents.models.texts import LANGUAGES, ConsentText

__all__ = ["LANGUAGES", "Consent", "ConsentEvent", "ConsentText", "Refusal"]

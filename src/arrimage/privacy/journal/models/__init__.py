from arrimage.privacy.journal.models.break_glass import BreakGlass
from arrimage.privacy.journal.models.readings import Reading
from arrimage.privacy.journal.models.seals import Seal

__all__ = ["BreakGlass", "Reading", "Seal"]

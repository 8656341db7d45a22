from arrimage.privacy.retention.models.results import Certificate, Statistic
from arrimage.privacy.retention.models.rules import RetentionRule
from arrimage.privacy.retention.models.runs import DueRecord, RetentionRun, RunEvent, Tally

__all__ = ["Certificate", "DueRecord", "RetentionRule", "RetentionRun", "RunEvent", "Statistic", "Tally"]

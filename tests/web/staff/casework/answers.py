"""Answers to every question the needs assessment waits for, as a form sends them."""

ANSWERS = {
    "housing_now": "shelter",
    "housing_until": "under_30_days",
    "health_insurance": "not_yet",
    "social_insurance_number": "no",
    "french_daily": "not_at_all",
    "french_course": "wanted",
    "work_now": "looking",
}

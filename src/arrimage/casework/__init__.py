"""The accompaniment of one person: file, assessment, needs, plan, referrals, follow-ups."""

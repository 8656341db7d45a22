"""Files: assessment, plan, referrals, appointments, follow-ups."""

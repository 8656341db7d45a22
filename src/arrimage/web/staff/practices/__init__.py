"""What a region decides of its referrals: delays, reasons for a no."""

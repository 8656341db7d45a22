"""What every room stands on: records, errors, the clock, writing figures and dates, imports."""

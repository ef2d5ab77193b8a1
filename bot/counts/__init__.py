"""What people do, counted as sums per day: never who, never when on that day."""

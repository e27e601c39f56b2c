"""Where staff records lie: dated snapshots outside the database, read by standard SQL alone."""

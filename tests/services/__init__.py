"""What the tests need around them: settings from the environment, a PostgreSQL, a Chromium."""

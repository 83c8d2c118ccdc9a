"""Read what a coordinator has and turn it into tables, never by guesswork."""

"""The numbers behind each finding, computed once from a study: what is seen, what chance gives, how often it stands."""

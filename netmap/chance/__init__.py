"""What chance alone would give: nulls for the measures, and networks perturbed as missing data would."""

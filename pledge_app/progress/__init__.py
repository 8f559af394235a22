"""Reports of a period: what was reached of each target, and what each campaign did."""

"""Units (territory) and bodies (who act) through time, office-holders, delegation, clusters."""

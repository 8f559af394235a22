"""The cluster's joint agreement: composed, circulated, frozen, signed before witnesses."""

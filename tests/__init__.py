"""The tests. What is measured is measured from before the first module of the application."""

from tests import measuring

measuring.begin()

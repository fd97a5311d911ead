"""Tests of a team's calendar."""

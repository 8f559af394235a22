"""The cluster's meeting: its plan, its papers at once, who came, the votes, the minutes."""

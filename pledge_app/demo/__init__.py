"""The example of vùng Quang Đông and of 2026: nothing else knows of it."""

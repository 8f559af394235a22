"""The trail (nhật ký xử lý): append-only, chained by hashes, readable as a timeline."""

"""What is public, for anybody; and the page where it is made so, for those who record the meeting."""

"""Files as they come (text, HTML, PDF, rows, archives) read into the text of each release."""

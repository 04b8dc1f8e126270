"""What people look at: tables in the terminal, pages in the browser."""

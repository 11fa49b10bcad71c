"""Who is it: sign-in, sessions, cookies, and the mark that every form carries."""

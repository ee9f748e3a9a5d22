"""Word: .docx by its XML, .doc by its piece table."""

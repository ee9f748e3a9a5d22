"""Raw bytes of a mail → parts, names, files. Streams: nothing here grows with the message.

Where things are:
    limits    how much is read; past it, why not
    source    the spooled file; window: a stretch of it in memory, and the boundaries there
    split     the parts, by a stack of open boundaries
    header    a header block → its fields

What was meant:
    charset   bytes in a named, misnamed or unnamed charset → text
    words     encoded words (RFC 2047), as Chinese clients write them
    params    parameters (RFC 2231), in every broken form that is met
    dates     dates that only people understand → dates
    clean     a stranger's text → text that may be shown, stored, used as a name
    skeleton  washed headers, read by mail-parser (parser)

What it carries:
    transfer  base64, quoted-printable, uuencode: block by block
    save      one part → one file, with its digest
    names     what a file is called
    body      what people read; html and quoted: its text, without the mail it answers
    pasted    files inside the text; picture: is it a logo?
    content   one mail → bodies and files
    inner     mails and winmail.dat (tnef) inside it, one level
    report    a delivery report, and the mail it speaks of
"""

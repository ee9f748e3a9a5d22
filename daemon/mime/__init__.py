"""Raw bytes of a mail → parts, names, files. Streams: nothing here grows with the message.

split      where the parts are, in the spooled file
header     a header block → its fields
charset    bytes in a named, misnamed or unnamed charset → text
words      encoded words of a header (RFC 2047), as Chinese clients write them
params     parameters of a header (RFC 2231), in every broken form that is met
clean      text from a stranger → text that may be shown, stored, used as a name
transfer   base64, quoted-printable, uuencode: block by block
save       one part → one file, with its digest
"""

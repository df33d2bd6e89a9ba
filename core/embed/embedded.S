// The bytes that mlpath_embed wrote, as they are.
#ifdef __APPLE__
#define SYMBOL(name) _##name
        .section __TEXT,__const
#else
#define SYMBOL(name) name
        .section .rodata
#endif
        .globl SYMBOL(mlpath_embedded_blob)
        .globl SYMBOL(mlpath_embedded_blob_end)
        .globl SYMBOL(mlpath_embedded_index)
        .globl SYMBOL(mlpath_embedded_index_end)
        .balign 16
SYMBOL(mlpath_embedded_blob):
        .incbin MLPATH_BLOB
SYMBOL(mlpath_embedded_blob_end):
        .byte 0
        .balign 16
SYMBOL(mlpath_embedded_index):
        .incbin MLPATH_INDEX
SYMBOL(mlpath_embedded_index_end):
        .byte 0
#ifndef __APPLE__
        .section .note.GNU-stack,"",%progbits
#endif

#include <stdio.h>

#include "token.h"

static void put_text(FILE *out, rob_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c < 0x20 || c == 0x7F) fprintf(out, "\\x%02x", c);
        else fputc(c, out);
    }
}

void tokens_dump(const source *src, const lexed *in, void *stdio_file)
{
    FILE *out = stdio_file;
    for (uint32_t i = 0; i < in->tokens.count; i++) {
        const token *t = &in->tokens.items[i];
        uint32_t line, column;
        source_position(src, t->start, &line, &column);
        fprintf(out, "%u:%u %*s%s", line, column, t->depth * 2, "", token_kind_name(t->kind));
        if (t->kind && t->kind != TOKEN_NEWLINE) {
            fputc(' ', out);
            put_text(out, (rob_str){src->text.ptr + t->start, t->end - t->start});
        }
        fputs(t->doc ? " documented\n" : "\n", out);
    }
}

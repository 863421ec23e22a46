/* email_chars.h: the characters of e-mail addresses. Private to email.c and email_chars.c.
 *
 * Classes as email-validator has them, over code points. Beyond ASCII the general categories come from
 * ranges instead of Unicode's tables: code points that are not assigned pass as letters. */
#ifndef ROB_CODEC_EMAIL_CHARS_H
#define ROB_CODEC_EMAIL_CHARS_H

#include <robync/types.h>

#include "base/arena.h"

/* Whether a code point belongs; first: it is the text's first one. */
typedef bool rob_char_class(uint32_t c, bool first);

rob_char_class rob_email_is_atext_dot;   /* of an unquoted local part: RFC 5322's atext, dots, beyond ASCII */
rob_char_class rob_email_is_name;        /* of an unquoted display name: ASCII atext and spaces */
rob_char_class rob_email_is_qtext;       /* of a quoted local part */
rob_char_class rob_email_is_hostname;    /* letters, digits, hyphens, dots, beyond ASCII */
rob_char_class rob_email_is_literal;     /* of an address in brackets */
rob_char_class rob_email_is_mappable;    /* not what UTS 46 refuses or turns into a dot */
rob_char_class rob_email_is_safe;        /* no control, format or unassigned character, no space */
rob_char_class rob_email_is_safe_quoted; /* the same, and spaces */

/* The characters of text outside a class, as email-validator displays them, each once, sorted, joined by
 * ", ". Empty when there are none; ptr NULL when memory is out. */
rob_str rob_email_outside(rob_arena *arena, rob_str text, rob_char_class *inside);

/* All characters of text in the same display, in order. */
rob_str rob_email_display(rob_arena *arena, rob_str text);

#endif

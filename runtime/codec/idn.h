/* idn.h: internationalised domain names (RFC 5890 to 5894, UTS 46) by libidn2.
 *
 * idn.c alone uses libidn2. email.c and url_host.c see its functions as weak symbols: a server whose spec
 * has neither email nor url nor uri does not link libidn2. Whoever links a program that does have them (a
 * generated server, the compiler) must pull idn.o in with `-Wl,-u,rob_idn_to_ascii` and add -lidn2. */
#ifndef ROB_CODEC_IDN_H
#define ROB_CODEC_IDN_H

#include <robync/types.h>

#include "base/arena.h"

/* How strict a name is taken. */
typedef enum rob_idn_rules {
    ROB_IDN_UTS46,   /* as browsers: whatever UTS 46 maps (non-transitional), symbols included */
    ROB_IDN_IDNA2008 /* mapped by UTS 46, then held to IDNA 2008's code points */
} rob_idn_rules;

/* The ASCII form of a host, lower case, labels beyond ASCII in Punycode. False when it has none. out:
 * arena memory. */
__attribute__((weak)) bool rob_idn_to_ascii(rob_arena *arena, rob_str host, rob_idn_rules rules, rob_str *out);

/* The Unicode form of an ASCII host with Punycode labels. False when a label does not decode, or would
 * not encode to the same again. out: arena memory. */
__attribute__((weak)) bool rob_idn_to_unicode(rob_arena *arena, rob_str host, rob_str *out);

/* Unicode Normalization Form C of a text of bounded length. False when memory is out. */
__attribute__((weak)) bool rob_idn_nfc(rob_arena *arena, rob_str text, rob_str *out);

#endif

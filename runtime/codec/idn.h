/* idn.h: internationalised domain names (RFC 5890 to 5894, UTS 46) by libidn2.
 *
 * idn.c alone uses libidn2. email.c and url.c see its functions as weak symbols: a server whose spec has
 * neither email nor url nor uri does not link libidn2. Whoever links a program that does have them (a
 * generated server, the compiler) must pull idn.o in with `-Wl,-u,rob_idn_to_ascii` and add -lidn2. */
#ifndef ROB_CODEC_IDN_H
#define ROB_CODEC_IDN_H

#include <robync/types.h>

#include "base/arena.h"

/* The ASCII form of a host, lower case, labels in Punycode; non-transitional UTS 46 processing. False
 * when it has none. out: arena memory. */
__attribute__((weak)) bool rob_idn_to_ascii(rob_arena *arena, rob_str host, rob_str *out);

/* The Unicode form of an ASCII host with Punycode labels. False when a label does not decode. */
__attribute__((weak)) bool rob_idn_to_unicode(rob_arena *arena, rob_str host, rob_str *out);

/* Unicode normalisation form C of UTF-8 text. False when memory is out. */
__attribute__((weak)) bool rob_idn_nfc(rob_arena *arena, rob_str text, rob_str *out);

#endif

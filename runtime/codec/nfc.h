/* nfc.h: Unicode Normalization Form C (UAX 15), which puts a letter and its accent together.
 *
 * Only idn.c calls it, so that it is linked where libidn2 is. The time is linear but for long runs of
 * combining marks and for its table look-ups: callers bound the length (e-mail addresses do). */
#ifndef ROB_CODEC_NFC_H
#define ROB_CODEC_NFC_H

#include <robync/types.h>

#include "base/arena.h"

/* A canonical decomposition; second is 0 when there is one character only. */
typedef struct rob_nfc_pair {
    uint32_t whole, first, second;
    uint32_t composes; /* 1: NFC puts the pair together again */
} rob_nfc_pair;

/* Characters of one canonical combining class. */
typedef struct rob_nfc_class {
    uint32_t from, to, value;
} rob_nfc_class;

extern const rob_nfc_pair rob_nfc_pairs[]; /* sorted by whole */
extern const size_t rob_nfc_pair_count;
extern const rob_nfc_class rob_nfc_classes[]; /* sorted */
extern const size_t rob_nfc_class_count;

/* text must be UTF-8. out borrows it when it is below U+0300, else arena memory. False when memory is out. */
bool rob_nfc(rob_arena *arena, rob_str text, rob_str *out);

#endif

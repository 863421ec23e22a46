#include "codec/idn.h"

#include <idn2.h>

#include "codec/nfc.h"

/* libidn2 reads and writes NUL-terminated text, from malloc. */
static bool take(rob_arena *arena, int result, char *text, rob_str *out)
{
    bool ok = result == IDN2_OK;
    if (ok) *out = rob_arena_copy(arena, rob_str_of(text));
    idn2_free(text);
    return ok && out->ptr;
}

static bool has_nul(rob_str text)
{
    return text.len && memchr(text.ptr, '\0', text.len);
}

/* Whether transitional processing would change what is not ASCII in it: U+00DF, U+03C2, U+200C, U+200D. */
static bool has_deviation(const char *host)
{
    return strstr(host, "\xC3\x9F") || strstr(host, "\xCF\x82") || strstr(host, "\xE2\x80\x8C") ||
           strstr(host, "\xE2\x80\x8D");
}

/* libidn2 holds non-transitional names to IDNA 2008; symbols, which UTS 46 alone allows, pass through
 * transitional processing, which treats all but four code points the same. */
static int uts46(const char *host, char **text)
{
    int result = idn2_to_ascii_8z(host, text, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
    if (result != IDN2_DISALLOWED || has_deviation(host)) return result;
    return idn2_to_ascii_8z(host, text, IDN2_NFC_INPUT | IDN2_TRANSITIONAL);
}

bool rob_idn_to_ascii(rob_arena *arena, rob_str host, rob_idn_rules rules, rob_str *out)
{
    char *text = NULL, *wide = NULL, *again = NULL;
    rob_str input = rob_arena_copy(arena, host);
    if (!input.ptr || has_nul(input)) return false;
    int result = uts46(input.ptr, &text);
    if (!take(arena, result, text, out)) return false;
    if (rules == ROB_IDN_UTS46) return true;
    /* Back to Unicode and forth again without UTS 46, which is where IDNA 2008's own rules are checked. */
    if (idn2_to_unicode_8z8z(out->ptr, &wide, 0) != IDN2_OK) return false;
    result = idn2_lookup_u8((const uint8_t *)wide, (uint8_t **)&again, IDN2_NO_TR46);
    idn2_free(wide);
    return take(arena, result, again, out);
}

bool rob_idn_to_unicode(rob_arena *arena, rob_str host, rob_str *out)
{
    char *text = NULL;
    rob_str input = rob_arena_copy(arena, host), again;
    if (!input.ptr || has_nul(input)) return false;
    int result = idn2_to_unicode_8z8z(input.ptr, &text, 0);
    if (!take(arena, result, text, out)) return false;
    return rob_idn_to_ascii(arena, *out, ROB_IDN_IDNA2008, &again) && rob_str_eq(again, host);
}

bool rob_idn_nfc(rob_arena *arena, rob_str text, rob_str *out)
{
    return rob_nfc(arena, text, out);
}

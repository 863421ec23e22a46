#include <strings.h>

#include "base/numbers.h"
#include "base/utf8.h"
#include "codec/idn.h"
#include "codec/percent.h"
#include "codec/url_parts.h"

static const char bad_ipv6[] = "invalid IPv6 address", bad_ipv4[] = "invalid IPv4 address";
static const char bad_domain[] = "invalid international domain name", empty_host[] = "empty host";

/* ------------------------------------------------------------------ IPv6 (URL Standard, host parsing) */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Up to four hexadecimal digits. Their number. */
static size_t hex_piece(rob_str text, size_t at, uint16_t *out)
{
    size_t len = 0;
    *out = 0;
    for (; len < 4 && at + len < text.len && rob_hex_digit(text.ptr[at + len]) >= 0; len++)
        *out = (uint16_t)(*out << 4 | rob_hex_digit(text.ptr[at + len]));
    return len;
}

/* The dotted tail of an IPv6 address: four decimal bytes without leading zeros, to the end. */
static bool dotted_tail(rob_str text, size_t at, uint16_t out[2])
{
    for (int i = 0; i < 4; i++) {
        unsigned value = 0;
        size_t start = at;
        if (i && (at == text.len || text.ptr[at++] != '.')) return false;
        for (start = at; at < text.len && is_digit(text.ptr[at]) && value < 256; at++)
            value = value * 10 + (unsigned)(text.ptr[at] - '0');
        if (at == start || value > 255 || (at - start > 1 && text.ptr[start] == '0')) return false;
        out[i / 2] = (uint16_t)(i % 2 ? out[i / 2] | value : value << 8);
    }
    return at == text.len;
}

static bool parse_ipv6(rob_str text, uint16_t pieces[8])
{
    size_t at = 0, count = 0, gap = 9; /* gap: pieces before `::`; 9 while there is none */
    memset(pieces, 0, 8 * sizeof *pieces);
    if (text.len && text.ptr[0] == ':') {
        if (text.len < 2 || text.ptr[1] != ':') return false;
        gap = 0;
        at = 2;
    }
    while (at < text.len) {
        if (count == 8) return false;
        if (text.ptr[at] == ':') {
            if (gap != 9) return false;
            gap = count;
            at++;
            continue;
        }
        size_t len = hex_piece(text, at, &pieces[count]);
        if (at + len < text.len && text.ptr[at + len] == '.') {
            if (count > 6 || !dotted_tail(text, at, pieces + count)) return false;
            count += 2;
            break;
        }
        at += len;
        count++;
        if (at == text.len) break;
        if (text.ptr[at++] != ':' || at == text.len) return false;
    }
    if (gap == 9) return count == 8;
    if (count == 8) return false;
    size_t tail = count - gap;
    memmove(pieces + 8 - tail, pieces + gap, tail * sizeof *pieces);
    memset(pieces + gap, 0, (8 - count) * sizeof *pieces);
    return true;
}

/* RFC 5952: the first of the longest runs of at least two zeros becomes `::`. */
static void put_ipv6(rob_url_text *out, const uint16_t pieces[8])
{
    size_t best = 8, best_len = 1;
    for (size_t i = 0; i < 8; i++) {
        size_t len = 0;
        while (i + len < 8 && !pieces[i + len]) len++;
        if (len > best_len) best = i, best_len = len;
    }
    rob_url_put_byte(out, '[');
    for (size_t i = 0; i < 8; i++) {
        if (i == best) {
            rob_url_put(out, i ? ROB_STR(":") : ROB_STR("::"));
            i += best_len - 1;
            continue;
        }
        for (int shift = 12, digits = 0; shift >= 0; shift -= 4) {
            unsigned digit = pieces[i] >> shift & 15;
            if (!digit && !digits && shift) continue;
            rob_url_put_byte(out, "0123456789abcdef"[digit]);
            digits++;
        }
        if (i < 7) rob_url_put_byte(out, ':');
    }
    rob_url_put_byte(out, ']');
}

/* ------------------------------------------------------------------ IPv4 */

/* Decimal, 0x… or 0…; values beyond 2^32 saturate. False when a digit does not fit. */
static bool ipv4_number(rob_str part, uint64_t *out)
{
    int base = 10;
    *out = 0;
    if (part.len >= 2 && part.ptr[0] == '0') {
        base = (part.ptr[1] | 0x20) == 'x' ? 16 : 8;
        size_t prefix = base == 16 ? 2 : 1;
        part = (rob_str){part.ptr + prefix, part.len - prefix};
    }
    for (size_t i = 0; i < part.len; i++) {
        int digit = rob_hex_digit(part.ptr[i]);
        if (digit < 0 || digit >= base) return false;
        if (*out <= UINT32_MAX) *out = *out * (uint64_t)base + (uint64_t)digit;
    }
    return true;
}

static rob_str without_last_dot(rob_str host)
{
    if (host.len && host.ptr[host.len - 1] == '.') host.len--;
    return host;
}

/* Whether the last label is a number, which makes the host an IPv4 address or nothing. */
static bool ends_in_number(rob_str host)
{
    uint64_t value;
    host = without_last_dot(host);
    const char *dot = host.len ? memrchr(host.ptr, '.', host.len) : NULL;
    rob_str last = dot ? (rob_str){dot + 1, (size_t)(host.ptr + host.len - dot - 1)} : host;
    if (!last.len) return false;
    bool digits = true;
    for (size_t i = 0; i < last.len; i++) digits &= is_digit(last.ptr[i]);
    return digits || (last.len >= 2 && last.ptr[0] == '0' && (last.ptr[1] | 0x20) == 'x' && ipv4_number(last, &value));
}

static const char *put_ipv4(rob_url_text *out, rob_str host)
{
    uint64_t numbers[4], address = 0;
    size_t count = 0;
    host = without_last_dot(host);
    for (size_t at = 0; at <= host.len; count++) {
        const char *dot = at < host.len ? memchr(host.ptr + at, '.', host.len - at) : NULL;
        size_t end = dot ? (size_t)(dot - host.ptr) : host.len;
        if (count == 4 || end == at || !ipv4_number((rob_str){host.ptr + at, end - at}, &numbers[count]))
            return bad_ipv4;
        at = end + 1;
    }
    for (size_t i = 0; i + 1 < count; i++) {
        if (numbers[i] > 255) return bad_ipv4;
        address |= numbers[i] << (24 - 8 * i);
    }
    if (numbers[count - 1] >> (8 * (5 - count))) return bad_ipv4;
    address |= numbers[count - 1];
    for (int shift = 24; shift >= 0; shift -= 8) {
        char digits[ROB_INT_TEXT];
        rob_url_put(out, (rob_str){digits, rob_print_u64(digits, address >> shift & 255)});
        if (shift) rob_url_put_byte(out, '.');
    }
    return NULL;
}

/* ------------------------------------------------------------------ domains */

/* The URL Standard's forbidden domain code points. */
static bool is_forbidden(char c)
{
    return (unsigned char)c <= ' ' || c == 0x7F || strchr("#/:<>?@[\\]^|%", c);
}

/* Whether libidn2 has to look at it: bytes beyond ASCII, or a Punycode label to check. */
static bool needs_idn(rob_str host)
{
    for (size_t i = 0; i < host.len; i++) {
        if ((unsigned char)host.ptr[i] >= 0x80) return true;
        bool label_starts = i == 0 || host.ptr[i - 1] == '.';
        if (label_starts && host.len - i >= 4 && strncasecmp(host.ptr + i, "xn--", 4) == 0) return true;
    }
    return false;
}

static bool to_ascii(rob_arena *arena, rob_str host, rob_str *out)
{
    if (!rob_utf8_valid(host)) return false;
    *out = host;
    if (needs_idn(host) && !(rob_idn_to_ascii && rob_idn_to_ascii(arena, host, ROB_IDN_UTS46, out))) return false;
    for (size_t i = 0; i < out->len; i++)
        if (is_forbidden(out->ptr[i])) return false;
    return true;
}

static const char *put_domain(rob_url_text *out, rob_str host)
{
    rob_str plain = rob_percent_decode(out->arena, host, false), domain;
    if (!plain.ptr) out->failed = true;
    if (out->failed || !to_ascii(out->arena, plain, &domain)) return bad_domain;
    if (!domain.len) return empty_host;
    if (ends_in_number(domain)) return put_ipv4(out, domain);
    for (size_t i = 0; i < domain.len; i++) {
        char c = domain.ptr[i];
        rob_url_put_byte(out, c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c);
    }
    return NULL;
}

static const char *put_opaque(rob_url_text *out, rob_str host)
{
    for (size_t i = 0; i < host.len; i++)
        if (!host.ptr[i] || strchr("\t\n\r #/:<>?@[\\]^|", host.ptr[i])) return "invalid domain character";
    rob_url_put_encoded(out, host, "");
    return NULL;
}

const char *rob_url_put_host(rob_url_text *out, rob_str host, bool special)
{
    uint16_t pieces[8];
    if (!host.len || host.ptr[0] != '[') return special ? put_domain(out, host) : put_opaque(out, host);
    if (host.ptr[host.len - 1] != ']' || !parse_ipv6((rob_str){host.ptr + 1, host.len - 2}, pieces)) return bad_ipv6;
    put_ipv6(out, pieces);
    return NULL;
}
